using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Gateway.Identity;

/// <summary>
/// A small certificate authority for tests, demos and first trials: a root (P-256 or RSA) that issues server and device
/// certificates. No policy: not for a living fleet.
/// </summary>
public sealed class LabCertificateAuthority : IDisposable
{
    private static readonly Oid ServerAuthOid = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthOid = new("1.3.6.1.5.5.7.3.2");

    private readonly AsymmetricAlgorithm key;
    private readonly TimeProvider time;

    private LabCertificateAuthority(X509Certificate2 certificate, AsymmetricAlgorithm key, TimeProvider time)
    {
        Certificate = certificate;
        this.key = key;
        this.time = time;
    }

    /// <summary>Whether it signs with RSA.</summary>
    public bool IsRsa => key is RSA;

    /// <summary>The authority's certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a self-signed root, valid for ten years from an hour ago.</summary>
    public static LabCertificateAuthority CreateRoot(string commonName, LabKey kind = LabKey.P256, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var now = clock.GetUtcNow();
        var own = NewKey(kind);
        var request = AuthorityRequest(commonName, own);
        using var bare = request.Create(request.SubjectName, Signer(own), now.AddHours(-1), now.AddYears(10), SerialNumber());
        return new LabCertificateAuthority(WithKey(bare, own), own, clock);
    }

    /// <summary>Takes up an authority that was exported before.</summary>
    /// <param name="certificate">Its certificate with a private key (P-256 or RSA).</param>
    /// <param name="time">Clock, null for the system's.</param>
    /// <exception cref="CryptographicException">The certificate has no private key, or is no authority's.</exception>
    public static LabCertificateAuthority Load(X509Certificate2 certificate, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var own = PrivateKeyOf(certificate) ?? throw new CryptographicException("The certificate comes without its private key.");
        var mayIssue = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(x => x.CertificateAuthority);
        return mayIssue
            ? new LabCertificateAuthority(certificate, own, time ?? TimeProvider.System)
            : throw new CryptographicException("The certificate is not an authority's (basicConstraints CA is missing).");
    }

    /// <summary>Makes an intermediate authority below this one, valid as long.</summary>
    public LabCertificateAuthority CreateIntermediate(string commonName, LabKey kind = LabKey.P256)
    {
        var below = NewKey(kind);
        var request = AuthorityRequest(commonName, below);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        using var bare = request.Create(Certificate.SubjectName, Signer(key), Utc(Certificate.NotBefore), Utc(Certificate.NotAfter), SerialNumber());
        return new LabCertificateAuthority(WithKey(bare, below), below, time);
    }

    /// <summary>A server certificate for <paramref name="hosts"/> (names or addresses), with its key.</summary>
    public X509Certificate2 IssueServer(params IReadOnlyList<string> hosts) => Issue(LabCertificateRequest.Server(hosts));

    /// <summary>A device's certificate with the subject <c>CN=</c><paramref name="commonName"/>, with its key.</summary>
    public X509Certificate2 IssueClient(string commonName, LabKey kind = LabKey.P256) =>
        Issue(new LabCertificateRequest { CommonName = commonName, ClientAuth = true, Key = kind });

    /// <summary>Issues what <paramref name="request"/> says, with its key.</summary>
    public X509Certificate2 Issue(LabCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        var leafKey = NewKey(request.Key);
        var notBefore = request.NotBefore ?? now.AddMinutes(-5);
        var notAfter = request.NotAfter ?? now.AddYears(1);
        var authorityEnd = Utc(Certificate.NotAfter);
        using var bare = LeafRequest(request, leafKey).Create(
            Certificate.SubjectName,
            Signer(key),
            notBefore,
            notAfter < authorityEnd ? notAfter : authorityEnd,
            SerialNumber());
        using (leafKey)
        {
            return WithKey(bare, leafKey);
        }
    }

    /// <summary>The private key of <paramref name="certificate"/> as unencrypted PKCS#8 PEM, for a file that its owner alone may read.</summary>
    /// <exception cref="CryptographicException">There is no private key, or it may not be exported.</exception>
    public static string PrivateKeyPem(X509Certificate2 certificate)
    {
        using var own = PrivateKeyOf(certificate) ?? throw new CryptographicException("The certificate comes without its private key.");
        return own.ExportPkcs8PrivateKeyPem();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        key.Dispose();
        Certificate.Dispose();
    }

    private static CertificateRequest AuthorityRequest(string commonName, AsymmetricAlgorithm key)
    {
        var request = NewRequest(CommonName(commonName), key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }

    private CertificateRequest LeafRequest(LabCertificateRequest wanted, AsymmetricAlgorithm leafKey)
    {
        var subject = wanted.Subject ?? (wanted.CommonName is null ? new X500DistinguishedName("") : CommonName(wanted.CommonName));
        var request = NewRequest(subject, leafKey);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var usage = X509KeyUsageFlags.DigitalSignature | (leafKey is RSA ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.None);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var purposes = new OidCollection();
        if (wanted.ServerAuth)
        {
            purposes.Add(ServerAuthOid);
        }

        if (wanted.ClientAuth)
        {
            purposes.Add(ClientAuthOid);
        }

        if (purposes.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, false));
        }

        AddAlternativeNames(request, wanted);
        foreach (var extension in wanted.Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private static void AddAlternativeNames(CertificateRequest request, LabCertificateRequest wanted)
    {
        if (wanted.DnsNames.Count + wanted.Uris.Count + wanted.Addresses.Count == 0)
        {
            return;
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in wanted.DnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (var uri in wanted.Uris)
        {
            names.AddUri(uri);
        }

        foreach (var address in wanted.Addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
    }

    private static X500DistinguishedName CommonName(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        return builder.Build();
    }

    private static CertificateRequest NewRequest(X500DistinguishedName subject, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static AsymmetricAlgorithm NewKey(LabKey kind) =>
        kind == LabKey.Rsa2048 ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static AsymmetricAlgorithm? PrivateKeyOf(X509Certificate2 certificate) =>
        (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey();

    private static X509SignatureGenerator Signer(AsymmetricAlgorithm key) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);

    private static X509Certificate2 WithKey(X509Certificate2 bare, AsymmetricAlgorithm key) =>
        key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key);

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
