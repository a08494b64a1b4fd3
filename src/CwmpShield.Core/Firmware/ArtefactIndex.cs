using System.Collections.Frozen;
using System.Collections.Immutable;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware;

/// <summary>The artefacts of a manifest by URL, name and version, so that an order's cost does not grow with their number.</summary>
internal sealed class ArtefactIndex
{
    private readonly FrozenDictionary<string, Artefact> names;
    private readonly FrozenDictionary<string, Artefact> urls;
    private readonly FrozenDictionary<string, (ArtefactUrl Url, Artefact Artefact)[]> patterns;
    private readonly (ArtefactUrl Url, Artefact Artefact)[] wide;
    private readonly FrozenDictionary<string, Artefact[]> versions;

    /// <summary>Indexes a manifest; null has nothing.</summary>
    public ArtefactIndex(ArtefactManifest? manifest)
    {
        var artefacts = manifest?.Artefacts ?? [];
        var all = artefacts.SelectMany(a => a.Urls.Select(u => (Url: u, Artefact: a))).ToList();
        names = artefacts.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        urls = all.Where(p => !p.Url.IsPattern).ToFrozenDictionary(p => p.Url.Canonical, p => p.Artefact, StringComparer.Ordinal);
        patterns = all.Where(p => p.Url is { IsPattern: true, LastStep: not null }).GroupBy(p => p.Url.LastStep!, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        wide = [.. all.Where(p => p.Url.LastStep is null)];
        versions = artefacts.Where(a => a.IsFirmware).GroupBy(a => a.Version, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The artefact of this name, or null.</summary>
    public Artefact? Find(string name) => names.GetValueOrDefault(name);

    /// <summary>Firmware of this very version.</summary>
    public ReadOnlySpan<Artefact> OfVersion(string version) => versions.GetValueOrDefault(version);

    /// <summary>The artefact that is served from the URL; null when there is none, or when <paramref name="ambiguous"/> says that several are.</summary>
    public Artefact? At(UrlValue url, out bool ambiguous)
    {
        ambiguous = false;
        var found = url.HasUserInfo ? null : urls.GetValueOrDefault(url.Canonical);
        var lastStep = url.Path.AsSpan(url.Path.LastIndexOf('/') + 1);
        var candidates = patterns.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lastStep, out var of) ? of : [];
        foreach (var (pattern, artefact) in candidates.AsSpan())
        {
            Take(pattern, artefact, url, ref found, ref ambiguous);
        }

        foreach (var (pattern, artefact) in wide.AsSpan())
        {
            Take(pattern, artefact, url, ref found, ref ambiguous);
        }

        return ambiguous ? null : found;
    }

    private static void Take(ArtefactUrl pattern, Artefact artefact, UrlValue url, ref Artefact? found, ref bool ambiguous)
    {
        if (!ReferenceEquals(found, artefact) && pattern.Takes(url))
        {
            ambiguous |= found is not null;
            found = artefact;
        }
    }
}
