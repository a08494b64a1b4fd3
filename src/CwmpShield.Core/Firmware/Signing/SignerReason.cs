namespace CwmpShield.Core.Firmware.Signing;

/// <summary>Why a signature, or a whole manifest, does not count. The words are stable: the CLI prints them, metrics and log carry them.</summary>
public static class SignerReason
{
    /// <summary>The manifest, or its directory, cannot be read.</summary>
    public const string ManifestUnavailable = "manifest-unavailable";

    /// <summary>The manifest is not what the reader takes; it says where and why.</summary>
    public const string ManifestUnreadable = "manifest-unreadable";

    /// <summary>The manifest's version is lower than the highest that was ever in force.</summary>
    public const string ManifestOlder = "manifest-older";

    /// <summary>The manifest has the version that is in force, but other bytes.</summary>
    public const string ManifestSameVersion = "manifest-same-version";

    /// <summary>The manifest has expired already.</summary>
    public const string ManifestExpired = "manifest-expired";

    /// <summary>Fewer of the pinned signers have signed than policy asks for.</summary>
    public const string TooFew = "signatures-too-few";

    /// <summary>The signature is of a form that is not known, too large, or uses an algorithm that is not taken.</summary>
    public const string Unreadable = "signature-unreadable";

    /// <summary>No pinned signer has made this signature over these bytes.</summary>
    public const string NotPinned = "signature-not-pinned";

    /// <summary>A pinned signer's signature, but not over these bytes.</summary>
    public const string Bad = "signature-bad";

    /// <summary>The signer's certificate is past its end.</summary>
    public const string SignerExpired = "signer-expired";

    /// <summary>The signer's certificate is not valid yet.</summary>
    public const string SignerNotYetValid = "signer-not-yet-valid";

    /// <summary>The signer's certificate is not for code signing (extended key usage 1.3.6.1.5.5.7.3.3), or not for signatures.</summary>
    public const string SignerWrongUsage = "signer-wrong-usage";

    /// <summary>The signer's key is weaker than taken (RSA of 2,048 bits, or a NIST curve of 256 bits and more), or is no public key or certificate in PEM.</summary>
    public const string SignerKeyBad = "signer-key-bad";
}
