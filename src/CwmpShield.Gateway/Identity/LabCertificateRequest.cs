using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Gateway.Identity;

/// <summary>What a <see cref="LabCertificateAuthority"/> is asked to certify.</summary>
public sealed record LabCertificateRequest
{
    /// <summary>Common name of the subject, null for none.</summary>
    public string? CommonName { get; init; }

    /// <summary>The whole subject where <see cref="CommonName"/> cannot say it; null uses the common name.</summary>
    public X500DistinguishedName? Subject { get; init; }

    /// <summary>dNSName entries of subjectAltName.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>URI entries of subjectAltName.</summary>
    public IReadOnlyList<Uri> Uris { get; init; } = [];

    /// <summary>iPAddress entries of subjectAltName.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>Key to make. The default value is P-256.</summary>
    public LabKey Key { get; init; } = LabKey.P256;

    /// <summary>Whether the certificate may serve TLS (EKU serverAuth). The default value is false.</summary>
    public bool ServerAuth { get; init; }

    /// <summary>Whether the certificate may log in (EKU clientAuth). The default value is false.</summary>
    public bool ClientAuth { get; init; }

    /// <summary>Start of validity, null for five minutes ago (device clocks are late).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>End of validity, null for one year from now; never beyond the authority's own.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Further extensions, for tests of odd certificates.</summary>
    public IReadOnlyList<X509Extension> Extensions { get; init; } = [];

    /// <summary>A server certificate for <paramref name="hosts"/>, names or addresses; the first is the common name.</summary>
    public static LabCertificateRequest Server(IReadOnlyList<string> hosts)
    {
        var addresses = hosts.Where(host => IPAddress.TryParse(host, out _)).ToList();
        return new LabCertificateRequest
        {
            CommonName = hosts.Count > 0 ? hosts[0] : null,
            DnsNames = [.. hosts.Except(addresses, StringComparer.Ordinal)],
            Addresses = [.. addresses.Select(IPAddress.Parse)],
            ServerAuth = true,
        };
    }
}

/// <summary>Kind of key that a <see cref="LabCertificateAuthority"/> makes.</summary>
public enum LabKey
{
    /// <summary>ECDSA on P-256.</summary>
    P256 = 0,

    /// <summary>RSA with 2,048 bits, for devices that know no elliptic curves.</summary>
    Rsa2048,
}
