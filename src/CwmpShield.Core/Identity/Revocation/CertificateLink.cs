using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What identifies one certificate of a path to those that tell of its revocation.</summary>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Serial">Its number there.</param>
/// <param name="IsAuthority">Whether it is an authority's.</param>
/// <param name="DistributionPoints">
/// Encoded names of its CRL distribution points (RFC 5280, 4.2.1.13): they tell which part of a partitioned list covers it, and
/// are never followed.
/// </param>
public sealed record CertificateLink(
    IssuerName Issuer, CertificateSerial Serial, bool IsAuthority, IReadOnlyList<ReadOnlyMemory<byte>> DistributionPoints)
{
    private const string DistributionPointsOid = "2.5.29.31";
    private const int MaxDistributionPoints = 32;

    /// <summary>Reads <paramref name="certificate"/>; false when it is not as RFC 5280 writes it.</summary>
    public static bool TryRead(X509Certificate2 certificate, out CertificateLink? link)
    {
        link = null;
        try
        {
            if (!CertificateSerial.TryRead(certificate.SerialNumberBytes.Span, out var serial))
            {
                return false;
            }

            link = new CertificateLink(
                IssuerName.Of(certificate.IssuerName.RawData), serial, IsAuthorityOf(certificate), ReadDistributionPoints(certificate));
            return true;
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsAuthorityOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static List<ReadOnlyMemory<byte>> ReadDistributionPoints(X509Certificate2 certificate)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        foreach (var extension in certificate.Extensions.Where(x => string.Equals(x.Oid?.Value, DistributionPointsOid, StringComparison.Ordinal)))
        {
            var points = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (points.HasData && names.Count < MaxDistributionPoints)
            {
                names.AddRange(DistributionPointName.Read(points.ReadSequence()));
            }
        }

        return names;
    }
}
