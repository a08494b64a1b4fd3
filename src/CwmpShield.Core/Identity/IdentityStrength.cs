namespace CwmpShield.Core.Identity;

/// <summary>How strongly a session's device has proven who it is. Ordered: a higher value is stronger.</summary>
public enum IdentityStrength
{
    /// <summary>Nothing proven.</summary>
    None = 0,

    /// <summary>HTTP Digest over plain HTTP.</summary>
    DigestWithoutTls = 1,

    /// <summary>Basic or Digest password inside TLS.</summary>
    PasswordOverTls = 2,

    /// <summary>A certificate that names a class of devices, and the device's own password.</summary>
    SharedCertificateAndPassword = 3,

    /// <summary>A certificate whose key belongs to this device alone.</summary>
    UniqueCertificate = 4,
}
