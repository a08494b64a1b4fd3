using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Revocation;

/// <summary>A device's certificate whose path has been built and judged once; its revocation is judged again and again.</summary>
internal sealed record DeviceCertificate
{
    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What identity rests on.</summary>
    public required CertificateFacts Facts { get; init; }

    /// <summary>The path in DER, device first, without its root: what it takes to judge it again.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Encoded { get; init; }

    /// <summary>The same certificates as revocation sees them.</summary>
    public required IReadOnlyList<CertificateLink> Links { get; init; }

    /// <summary>Who issued the device's certificate.</summary>
    public required IssuingAuthority Issuer { get; init; }

    /// <summary>The latest start of validity in the path.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The earliest end of validity in the path.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The bundle that the path ends in.</summary>
    public required ClientCaBundle Bundle { get; init; }

    /// <summary>Subject as text, for people.</summary>
    public required string Subject { get; init; }

    /// <summary>Kind and size of the key: <c>ecdsa-256</c>, <c>rsa-2048</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The device's own certificate.</summary>
    public CertificateLink Link => Links[0];

    /// <summary>Reads a path that has been verified (device first, root last); on false <paramref name="reason"/> says why not.</summary>
    public static bool TryRead(IReadOnlyList<X509Certificate2> path, ClientCaBundle bundle, out DeviceCertificate? read, out string reason)
    {
        read = null;
        var device = path[0];
        if (!CertificateFactsReader.TryRead(device, out var facts, out reason))
        {
            return false;
        }

        var below = path.Take(Math.Max(1, path.Count - 1)).ToList();
        var links = new List<CertificateLink>();
        foreach (var certificate in below)
        {
            if (!CertificateLink.TryRead(certificate, out var link))
            {
                reason = CertificateReason.Unreadable;
                return false;
            }

            links.Add(link!);
        }

        read = new DeviceCertificate
        {
            Fingerprint = FingerprintOf(device),
            Facts = facts!,
            Encoded = [.. below.Select(certificate => certificate.RawDataMemory)],
            Links = links,
            Issuer = IssuerOf(path, bundle),
            NotBefore = path.Max(certificate => new DateTimeOffset(certificate.NotBefore.ToUniversalTime())),
            NotAfter = path.Min(certificate => new DateTimeOffset(certificate.NotAfter.ToUniversalTime())),
            Bundle = bundle,
            Subject = device.Subject,
            Key = KeyOf(device),
        };
        return true;
    }

    /// <summary>The name of a certificate here.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span));

    /// <summary>The bundle's own object where the issuer stands in it, so that thousands of certificates share one.</summary>
    private static IssuingAuthority IssuerOf(IReadOnlyList<X509Certificate2> path, ClientCaBundle bundle)
    {
        var issuer = new IssuingAuthority(path[Math.Min(1, path.Count - 1)]);
        return bundle.Authorities.FirstOrDefault(one => one.Issuer == issuer.Issuer
                && one.Key.EncodedKeyValue.RawData.AsSpan().SequenceEqual(issuer.Key.EncodedKeyValue.RawData))
            ?? issuer;
    }

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ec = certificate.GetECDsaPublicKey();
        return rsa is not null ? $"rsa-{rsa.KeySize}" : ec is not null ? $"ecdsa-{ec.KeySize}" : "unknown";
    }
}
