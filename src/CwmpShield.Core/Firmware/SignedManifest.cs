using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware;

/// <summary>A manifest whose signatures were verified: enough of the pinned signers have signed these very bytes.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="SignedBy">Names of the pinned signers whose signatures are good, in order.</param>
/// <param name="CountsUntil">When so many of the signers' certificates have ended that too few are left; <see cref="DateTimeOffset.MaxValue"/> for keys, which do not end.</param>
/// <param name="Sha256">SHA-256 of the document's bytes, lower-case hexadecimal.</param>
public sealed record SignedManifest(ArtefactManifest Manifest, ImmutableArray<string> SignedBy, DateTimeOffset CountsUntil, string Sha256)
{
    /// <summary>From this instant on every new order is refused: the manifest's own end, or that of its signers.</summary>
    public DateTimeOffset Expires => Manifest.Expires < CountsUntil ? Manifest.Expires : CountsUntil;
}
