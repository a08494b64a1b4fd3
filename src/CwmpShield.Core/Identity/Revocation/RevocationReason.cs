namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Why a certificate revocation list or an OCSP response was not taken in. Stable words of metrics, logs and the command line.</summary>
public static class RevocationReason
{
    /// <summary>The file or address gives no list.</summary>
    public const string CrlUnavailable = "crl-unavailable";

    /// <summary>The list is larger than the gateway takes.</summary>
    public const string CrlTooLarge = "crl-too-large";

    /// <summary>Not a list as RFC 5280 writes it.</summary>
    public const string CrlUnreadable = "crl-unreadable";

    /// <summary>The list's issuer is no authority of the bundle.</summary>
    public const string CrlIssuerUnknown = "crl-issuer-unknown";

    /// <summary>The issuer's key usage does not let it sign lists.</summary>
    public const string CrlIssuerUsage = "crl-issuer-usage";

    /// <summary>The signature is not the issuer's.</summary>
    public const string CrlSignatureInvalid = "crl-signature-invalid";

    /// <summary>The signature uses an algorithm that policy doesn't accept.</summary>
    public const string CrlAlgorithmWeak = "crl-algorithm-weak";

    /// <summary>A delta list: it tells only what changed.</summary>
    public const string CrlDelta = "crl-delta";

    /// <summary>An indirect list: it tells of other issuers' certificates.</summary>
    public const string CrlIndirect = "crl-indirect";

    /// <summary>The list covers some reasons of revocation only, or attribute certificates.</summary>
    public const string CrlScope = "crl-scope";

    /// <summary>A critical extension that the gateway doesn't know.</summary>
    public const string CrlCriticalExtension = "crl-critical-extension";

    /// <summary>The list doesn't say when the next one comes (RFC 5280, 5.1.2.5 asks for it).</summary>
    public const string CrlNextUpdateMissing = "crl-next-update-missing";

    /// <summary>The list is from the future.</summary>
    public const string CrlNotYetValid = "crl-not-yet-valid";

    /// <summary>The list is past its next update and the time that policy adds to it.</summary>
    public const string CrlStale = "crl-stale";

    /// <summary>A later list of the same issuer is in use: somebody may be playing back an old one.</summary>
    public const string CrlOlder = "crl-older";

    /// <summary>The responder cannot be reached or does not answer 200.</summary>
    public const string OcspUnavailable = "ocsp-unavailable";

    /// <summary>The responder answered with an error status (RFC 6960, 4.2.1).</summary>
    public const string OcspError = "ocsp-error";

    /// <summary>Not a response as RFC 6960 writes it.</summary>
    public const string OcspUnreadable = "ocsp-unreadable";

    /// <summary>The signer is neither the issuer nor a responder that the issuer has delegated to.</summary>
    public const string OcspSignerUnknown = "ocsp-signer-unknown";

    /// <summary>The delegated responder's certificate has been revoked.</summary>
    public const string OcspSignerRevoked = "ocsp-signer-revoked";

    /// <summary>The signature is not the signer's.</summary>
    public const string OcspSignatureInvalid = "ocsp-signature-invalid";

    /// <summary>The signature or the signer's key is weaker than policy accepts.</summary>
    public const string OcspAlgorithmWeak = "ocsp-algorithm-weak";

    /// <summary>The response tells nothing, or several things, of the certificate in question.</summary>
    public const string OcspOtherCertificate = "ocsp-other-certificate";

    /// <summary>The response carries another nonce than the request.</summary>
    public const string OcspNonceMismatch = "ocsp-nonce-mismatch";

    /// <summary>The response carries no nonce, and policy wants one.</summary>
    public const string OcspNonceMissing = "ocsp-nonce-missing";

    /// <summary>A critical extension that the gateway doesn't know.</summary>
    public const string OcspCriticalExtension = "ocsp-critical-extension";

    /// <summary>The response is from the future.</summary>
    public const string OcspNotYetValid = "ocsp-not-yet-valid";

    /// <summary>The response is past its next update.</summary>
    public const string OcspStale = "ocsp-stale";
}
