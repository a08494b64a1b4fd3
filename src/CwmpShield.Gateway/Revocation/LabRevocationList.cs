using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Gateway.Revocation;

/// <summary>The revocation list of a <see cref="LabCertificateAuthority"/>: the list itself is all that is kept.</summary>
public sealed class LabRevocationList
{
    private readonly CertificateRevocationListBuilder builder;
    private BigInteger number;

    private LabRevocationList(CertificateRevocationListBuilder builder, BigInteger number) => (this.builder, this.number) = (builder, number);

    /// <summary>A list that names nobody yet.</summary>
    public static LabRevocationList Empty() => new(new CertificateRevocationListBuilder(), 0);

    /// <summary>Goes on with a list in PEM.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static LabRevocationList LoadPem(string pem) => new(CertificateRevocationListBuilder.LoadPem(pem, out var number), number);

    /// <summary>Names a certificate by its serial number, once.</summary>
    /// <param name="serial">Octets of the number.</param>
    /// <param name="at">When it was revoked.</param>
    /// <param name="reason">Why.</param>
    public void Revoke(ReadOnlySpan<byte> serial, DateTimeOffset at, X509RevocationReason reason)
    {
        builder.RemoveEntry(serial);
        builder.AddEntry(serial, at, reason);
    }

    /// <summary>Names a certificate that isn't named yet; a list of many is made so.</summary>
    internal void Add(ReadOnlySpan<byte> serial, DateTimeOffset at) => builder.AddEntry(serial, at);

    /// <summary>Signs the list under the next number, in PEM.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="now">Date of the list.</param>
    /// <param name="life">Time until the next one.</param>
    public string Sign(LabCertificateAuthority authority, DateTimeOffset now, TimeSpan life)
    {
        var der = builder.Build(
            authority.Certificate, ++number, now + life, HashAlgorithmName.SHA256, authority.IsRsa ? RSASignaturePadding.Pkcs1 : null, now);
        return PemEncoding.WriteString("X509 CRL", der) + "\n";
    }
}
