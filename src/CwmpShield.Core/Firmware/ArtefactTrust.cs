using System.Collections.Frozen;
using CwmpShield.Core.Firmware.Urls;

namespace CwmpShield.Core.Firmware;

/// <summary>Everything that vouches for files at one moment. Immutable, shared by every session, swapped as a whole.</summary>
public sealed class ArtefactTrust
{
    /// <summary>Makes one of what is in force.</summary>
    /// <param name="policy">What the operator asks.</param>
    /// <param name="manifest">The manifest in force; null when there is none.</param>
    /// <param name="keys">Keys that sign URLs.</param>
    /// <param name="withdrawn">Artefacts that an operator has withdrawn: why, by name.</param>
    public ArtefactTrust(ArtefactPolicy policy, SignedManifest? manifest = null, IEnumerable<UrlKey>? keys = null, IReadOnlyDictionary<string, string>? withdrawn = null)
    {
        Policy = policy;
        Manifest = manifest;
        UrlKeys = (keys ?? []).ToFrozenDictionary(k => k.Id, StringComparer.Ordinal);
        Withdrawn = (withdrawn ?? FrozenDictionary<string, string>.Empty).ToFrozenDictionary(StringComparer.Ordinal);
        Index = new ArtefactIndex(manifest?.Manifest);
    }

    private ArtefactTrust(ArtefactTrust other, FrozenDictionary<string, string> withdrawn) =>
        (Policy, Manifest, UrlKeys, Index, Withdrawn) = (other.Policy, other.Manifest, other.UrlKeys, other.Index, withdrawn);

    /// <summary>Neither manifest nor keys are configured: only the rules' own file list vouches.</summary>
    public static ArtefactTrust None { get; } = new(new ArtefactPolicy());

    /// <summary>What the operator asks.</summary>
    public ArtefactPolicy Policy { get; }

    /// <summary>The manifest in force; null when there is none.</summary>
    public SignedManifest? Manifest { get; }

    /// <summary>Keys that sign URLs, by id.</summary>
    public IReadOnlyDictionary<string, UrlKey> UrlKeys { get; }

    /// <summary>Artefacts that an operator has withdrawn: why, by name or SHA-256. What the manifest itself withdraws is not in it.</summary>
    public IReadOnlyDictionary<string, string> Withdrawn { get; }

    /// <summary>Whether anything is configured that could vouch or refuse.</summary>
    public bool IsConfigured => Policy.RequiresManifest || UrlKeys.Count > 0;

    /// <summary>Artefacts by URL and version.</summary>
    internal ArtefactIndex Index { get; }

    /// <summary>The same with other withdrawals; what is indexed is shared.</summary>
    public ArtefactTrust With(IReadOnlyDictionary<string, string> withdrawn) => new(this, withdrawn.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>The artefact of this name; null when the manifest has none.</summary>
    public Artefact? Find(string name) => Index.Find(name);

    /// <summary>Why the artefact is withdrawn, by the manifest or by an operator; null when it is not.</summary>
    public string? WithdrawnBecause(Artefact artefact) => 
        artefact.WithdrawnBecause
        ?? (Withdrawn.Count > 0 && (Withdrawn.TryGetValue(artefact.Name, out var reason) || Withdrawn.TryGetValue(artefact.Sha256, out reason)) ? reason : null);
}
