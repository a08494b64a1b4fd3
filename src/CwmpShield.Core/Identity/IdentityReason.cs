namespace CwmpShield.Core.Identity;

/// <summary>Why an identity was not accepted. Stable words: audit, metrics and console use the same.</summary>
public static class IdentityReason
{
    /// <summary>The listener requires a certificate and none was shown.</summary>
    public const string CertificateMissing = "certificate-missing";

    /// <summary>The certificate's names or key cannot be read, or are beyond bounds.</summary>
    public const string CertificateUnreadable = "certificate-unreadable";

    /// <summary>A name in the certificate has a NUL, control character or wildcard, is empty, or there are several CNs.</summary>
    public const string CertificateNameInvalid = "certificate-name-invalid";

    /// <summary>No subject pattern, shared subject or bound key tells whose certificate it is.</summary>
    public const string CertificateUnnamed = "certificate-unnamed";

    /// <summary>The certificate's names tell of different devices.</summary>
    public const string CertificateNamesDisagree = "certificate-names-disagree";

    /// <summary>The device has another key bound, and this certificate is no later renewal.</summary>
    public const string CertificateKeyChanged = "certificate-key-changed";

    /// <summary>The key is bound to a device that the certificate or the Inform does not name.</summary>
    public const string CertificateKeyOfAnotherDevice = "certificate-key-of-another-device";

    /// <summary>A credential is required and none was sent.</summary>
    public const string CredentialMissing = "credential-missing";

    /// <summary>The Authorization header is not well-formed Basic or Digest, or comes more than once.</summary>
    public const string CredentialMalformed = "credential-malformed";

    /// <summary>The scheme or algorithm is not one that the listener accepts.</summary>
    public const string CredentialSchemeRefused = "credential-scheme-refused";

    /// <summary>Unknown user or wrong password.</summary>
    public const string CredentialWrong = "credential-wrong";

    /// <summary>The credential is good and belongs to another device than the certificate.</summary>
    public const string CredentialOfAnotherDevice = "credential-of-another-device";

    /// <summary>Digest's uri is not the request target.</summary>
    public const string DigestUriMismatch = "digest-uri-mismatch";

    /// <summary>The digest is good, its nonce is old, foreign or its count was used before: a new nonce is given.</summary>
    public const string NonceStale = "nonce-stale";

    /// <summary>Basic without TLS.</summary>
    public const string BasicWithoutTls = "basic-without-tls";

    /// <summary>A shared user without a unique certificate, by a device that is not (or no longer) in migration.</summary>
    public const string SharedUserNotInMigration = "shared-user-not-in-migration";

    /// <summary>No such device in the registry.</summary>
    public const string DeviceUnknown = "device-unknown";

    /// <summary>More than one device of the registry fits the name that was proven.</summary>
    public const string DeviceAmbiguous = "device-ambiguous";

    /// <summary>The device is disabled.</summary>
    public const string DeviceDisabled = "device-disabled";

    /// <summary>The Inform's DeviceId is not the device that was proven.</summary>
    public const string DeviceIdMismatch = "device-id-mismatch";

    /// <summary>The message has no DeviceId.</summary>
    public const string DeviceIdMissing = "device-id-missing";

    /// <summary>The device must prove more than it did (it has done so before, or its row asks for it).</summary>
    public const string StrengthTooLow = "strength-too-low";

    /// <summary>Factory credentials from a device that has credentials of its own, outside the bootstrap lane and without the event <c>0 BOOTSTRAP</c>.</summary>
    public const string FactoryCredential = "factory-credential";

    /// <summary>An active device says that it starts anew, and neither its bound certificate nor a factory reset that was let pass bears it out.</summary>
    public const string BootstrapForged = "bootstrap-forged";

    /// <summary>The registry could not be asked or written.</summary>
    public const string RegistryUnavailable = "registry-unavailable";
}
