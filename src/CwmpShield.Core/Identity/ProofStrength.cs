namespace CwmpShield.Core.Identity;

/// <summary>Turns what was shown and verified into an <see cref="IdentityStrength"/>.</summary>
public static class ProofStrength
{
    /// <summary>The strength of a proof, at most <paramref name="cap"/>.</summary>
    /// <param name="certificate">Whose the verified certificate is.</param>
    /// <param name="ownPassword">Whether the device's own password was verified; one that devices share proves none of them.</param>
    /// <param name="isTls">Whether the connection is TLS.</param>
    /// <param name="cap">The most that the listener grants.</param>
    public static IdentityStrength Of(CertificateKind certificate, bool ownPassword, bool isTls, IdentityStrength cap)
    {
        var strength = (certificate, ownPassword, isTls) switch
        {
            (CertificateKind.Unique, _, true) => IdentityStrength.UniqueCertificate,
            (CertificateKind.Shared, true, true) => IdentityStrength.SharedCertificateAndPassword,
            (_, true, true) => IdentityStrength.PasswordOverTls,
            (_, true, false) => IdentityStrength.DigestWithoutTls,
            _ => IdentityStrength.None,
        };
        return strength < cap ? strength : cap;
    }
}
