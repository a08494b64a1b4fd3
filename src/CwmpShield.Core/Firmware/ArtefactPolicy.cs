using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware;

/// <summary>What the operator asks of artefacts beyond what the manifest says of each.</summary>
public sealed record ArtefactPolicy
{
    /// <summary>Whether a manifest is configured: then an order that it does not vouch for is refused, also while none is in force.</summary>
    public bool RequiresManifest { get; init; }

    /// <summary>Whether the file list of the rules (<c>lists/artefacts.txt</c>) vouches beside the manifest. The default value is false.</summary>
    public bool TakesListed { get; init; }

    /// <summary>Schemes of URLs that may be ordered, in lower case. The default value is https alone.</summary>
    public ImmutableArray<string> Schemes { get; init; } = ["https"];

    /// <summary>Whether an address may stand in place of a host name. The default value is false: a certificate proves names.</summary>
    public bool AllowsAddresses { get; init; }

    /// <summary>Whether firmware must carry the signature of a pinned signer over the file itself, beside the manifest's. The default value is false.</summary>
    public bool RequiresFileSignature { get; init; }

    /// <summary>Whether firmware must be a signed package of TR-069 Annex E. The default value is false.</summary>
    public bool RequiresSignedPackage { get; init; }

    /// <summary>How far ahead the expiry of a signed URL may lie. The default value is 7 days.</summary>
    public TimeSpan MaxUrlLife { get; init; } = TimeSpan.FromDays(7);
}
