using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware;

/// <summary>What the gate says of one file that a device is told to fetch.</summary>
/// <param name="Artefact">The one artefact that the order's URL names; null when none does, or when only the URL's own signature vouches for the file.</param>
/// <param name="Reasons">Everything that speaks against it (<see cref="ArtefactReason"/>), what weighs most first; empty when the device may fetch it.</param>
/// <param name="UrlKey">Id of the key whose signature in the URL is good; empty when the URL is not signed.</param>
public sealed record ArtefactAnswer(Artefact? Artefact, ImmutableArray<string> Reasons, string UrlKey = "")
{
    /// <summary>Whether the device may fetch it.</summary>
    public bool IsAllowed => Reasons.IsEmpty;

    /// <summary>Whether nothing is known of the bytes: only the URL's own signature vouches for the file.</summary>
    public bool IsUnlisted => Artefact is null && UrlKey.Length > 0;
}
