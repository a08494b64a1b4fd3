using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>An authority with its key, for lists and responses of every shape.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public const string Sha256Ecdsa = "1.2.840.10045.4.3.2";
    public const string Sha1Ecdsa = "1.2.840.10045.4.1";

    public TestAuthority(
        string name = "CN=Devices", X509KeyUsageFlags usage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, ECCurve? curve = null)
    {
        Key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(5));
        Authority = new IssuingAuthority(Certificate);
    }

    public ECDsa Key { get; }

    public X509Certificate2 Certificate { get; }

    public IssuingAuthority Authority { get; }

    public ReadOnlySpan<byte> Name => Certificate.SubjectName.RawData;

    /// <summary>A reader that knows this authority alone.</summary>
    public RevocationListReader Reader(CertificatePolicy? policy = null) => new([Authority], policy ?? new CertificatePolicy());

    /// <summary>A certificate with any key and extensions.</summary>
    public X509Certificate2 Issue(string name, byte[] serial, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Issue(name, serial, key, Now.AddDays(-1), Now.AddYears(1), extensions);
    }

    public X509Certificate2 Issue(string name, byte[] serial, ECDsa key, DateTimeOffset from, DateTimeOffset to, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(Key), from, to, serial);
    }

    public CertificateLink Link(params byte[] serial) => new(Authority.Issuer, Serial(serial), false, []);

    public static CertificateSerial Serial(params byte[] octets)
    {
        Assert.True(CertificateSerial.TryRead(octets, out var serial));
        return serial;
    }

    public void Dispose()
    {
        Key.Dispose();
        Certificate.Dispose();
    }
}
