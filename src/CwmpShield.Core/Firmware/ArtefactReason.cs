namespace CwmpShield.Core.Firmware;

/// <summary>
/// Why a device is not told to fetch a file. The words are stable: the ACS reads them in the fault's text, rules and exceptions name them,
/// audit, metrics and console show them.
/// </summary>
public static class ArtefactReason
{
    /// <summary>Nothing vouches for any file: no manifest with enough good signatures is in force, or the file lacks the signature that policy asks for.</summary>
    public const string NotSigned = "artefact-unsigned";

    /// <summary>The manifest has expired, or too few of its signers still count.</summary>
    public const string ManifestExpired = "manifest-expired";

    /// <summary>The manifest's issue date lies ahead: a clock is wrong.</summary>
    public const string ManifestNotYetValid = "manifest-not-yet-valid";

    /// <summary>No artefact is served from this URL.</summary>
    public const string UnknownUrl = "artefact-unknown-url";

    /// <summary>The URL is one that policy excludes: its scheme, user or password in it, or an address in place of a host name.</summary>
    public const string UrlNotAllowed = "artefact-url-not-allowed";

    /// <summary>URL patterns of several artefacts take this URL, so that nobody can say which file it names.</summary>
    public const string Ambiguous = "artefact-ambiguous";

    /// <summary>The URL carries a signature that is not one of a known key over this URL.</summary>
    public const string UrlSignatureBad = "artefact-url-signature";

    /// <summary>The URL's own signature has expired, or would last longer than policy allows.</summary>
    public const string UrlExpired = "artefact-url-expired";

    /// <summary>The URL was signed for another device.</summary>
    public const string UrlWrongDevice = "artefact-url-wrong-device";

    /// <summary>The artefact is not for this OUI, product class or hardware version.</summary>
    public const string WrongModel = "artefact-wrong-model";

    /// <summary>The order's FileType, or its kind, is not one of the artefact's.</summary>
    public const string WrongFileType = "artefact-wrong-file-type";

    /// <summary>The order declares another size than the artefact has.</summary>
    public const string SizeMismatch = "artefact-size-mismatch";

    /// <summary>The order's TargetFileName, UUID or Version is not the artefact's.</summary>
    public const string WrongTarget = "artefact-wrong-target";

    /// <summary>The artefact's version is lower than the highest that the device ever informed.</summary>
    public const string Rollback = "artefact-rollback";

    /// <summary>The version that the device informed is not one that the artefact may replace.</summary>
    public const string WrongStep = "artefact-wrong-step";

    /// <summary>An operator, or the manifest, has withdrawn the artefact.</summary>
    public const string Withdrawn = "artefact-withdrawn";

    /// <summary>The artefact's not-before lies ahead.</summary>
    public const string NotYetValid = "artefact-not-yet-valid";

    /// <summary>The artefact's not-after has passed.</summary>
    public const string Expired = "artefact-expired";

    /// <summary>The artefact's bytes are not verified yet; the ACS's own retry may succeed.</summary>
    public const string NotReady = "artefact-not-ready";

    /// <summary>The rollout was stopped: too many devices failed, or an operator said so.</summary>
    public const string Halted = "artefact-halted";

    /// <summary>The rollout has not reached this device: its ring is limited to others for now.</summary>
    public const string NotInRing = "artefact-not-in-ring";
}
