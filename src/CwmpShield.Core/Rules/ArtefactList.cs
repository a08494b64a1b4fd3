using System.Collections.Frozen;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Files that devices may be told to fetch: SHA-256 by URL, from lines in the form of <c>sha256sum</c>.</summary>
public sealed class ArtefactList
{
    /// <summary>Name of the list that holds the lines.</summary>
    public const string ListName = "artefacts";

    private const int DigestLength = 64;

    private readonly FrozenDictionary<string, string> digests;

    private ArtefactList(Dictionary<string, string> digests) => this.digests = digests.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the URL, normalised, names a listed file.</summary>
    public bool Contains(string url) => DigestOf(url) is not null;

    /// <summary>SHA-256 (lower-case hex) of the file that the URL names, or null.</summary>
    public string? DigestOf(string url) =>
        UrlValue.TryParse(url, out var parsed) && !parsed!.HasUserInfo ? digests.GetValueOrDefault(parsed.Canonical) : null;

    internal static ArtefactList Compile(IEnumerable<YamlText> lines, DiagnosticBag bag)
    {
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var space = line.Value.IndexOf(' ', StringComparison.Ordinal);
            var digest = space < 0 ? "" : line.Value[..space].ToLowerInvariant();
            if (digest.Length != DigestLength || digest.AsSpan().ContainsAnyExcept(CharacterSets.Hex)
                || !UrlValue.TryParse(line.Value[space..].TrimStart(' ', '*'), out var url))
            {
                bag.Add(line, DiagnosticCode.BadArtefactLine, "a line of the artefact list must be a SHA-256 in hexadecimal, two spaces and a URL");
            }
            else if (!listed.TryAdd(url!.Canonical, digest) && !string.Equals(listed[url.Canonical], digest, StringComparison.Ordinal))
            {
                bag.Add(line, DiagnosticCode.DefinedTwice, "this URL stands in the artefact list with another SHA-256");
            }
        }

        return new ArtefactList(listed);
    }
}
