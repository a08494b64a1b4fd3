namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Why a client certificate was not accepted. Stable words: metrics and audit use the same.</summary>
public static class CertificateReason
{
    /// <summary>No path leads from the certificate to a root of the operator's bundle.</summary>
    public const string Untrusted = "certificate-untrusted";

    /// <summary>A certificate of the path has expired.</summary>
    public const string Expired = "certificate-expired";

    /// <summary>A certificate of the path is not valid yet.</summary>
    public const string NotYetValid = "certificate-not-yet-valid";

    /// <summary>The certificate, or an authority above it, is not meant for client authentication.</summary>
    public const string Usage = "certificate-usage";

    /// <summary>A name lies outside the name constraints of an authority (RFC 5280, 4.2.1.10).</summary>
    public const string NameConstraint = "certificate-name-constraint";

    /// <summary>A certificate of the path was issued by one that is no authority, or that may not have authorities below it.</summary>
    public const string IssuerInvalid = "certificate-issuer-invalid";

    /// <summary>A signature of the path is not its issuer's.</summary>
    public const string SignatureInvalid = "certificate-signature-invalid";

    /// <summary>A certificate of the path has a critical extension that the gateway doesn't know.</summary>
    public const string CriticalExtension = "certificate-critical-extension";

    /// <summary>More authorities stand between the certificate and its root than policy allows.</summary>
    public const string ChainTooLong = "certificate-chain-too-long";

    /// <summary>A key of the path is smaller than policy asks for, or of a kind that the gateway doesn't know.</summary>
    public const string KeyWeak = "certificate-key-weak";

    /// <summary>A signature of the path uses an algorithm that policy doesn't accept (MD5, SHA-1).</summary>
    public const string AlgorithmWeak = "certificate-algorithm-weak";

    /// <summary>An authority's own certificate was shown as a device's.</summary>
    public const string OfAuthority = "certificate-of-authority";

    /// <summary>The certificate cannot be read as RFC 5280 writes it.</summary>
    public const string Unreadable = "certificate-unreadable";

    /// <summary>The certificate, or an authority above it, has been revoked.</summary>
    public const string Revoked = "certificate-revoked";

    /// <summary>Nothing tells whether the certificate has been revoked, and policy wants to know.</summary>
    public const string RevocationUnknown = "revocation-unknown";

    /// <summary>What tells whether the certificate has been revoked is too old, and policy wants to know.</summary>
    public const string RevocationStale = "revocation-stale";

    /// <summary>The OCSP responder is being asked for the first time, and policy wants to know.</summary>
    public const string OcspPending = "ocsp-pending";
}
