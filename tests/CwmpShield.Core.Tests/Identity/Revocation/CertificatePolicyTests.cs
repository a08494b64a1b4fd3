using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>What policy asks of a path that is valid.</summary>
public sealed class CertificatePolicyTests : IDisposable
{
    private static readonly CertificatePolicy Policy = new();
    private readonly TestAuthority root = new();

    [Fact]
    public void Accepts_P256_and_RSA_2048()
    {
        using var device = root.Issue("CN=device", [1]);
        using var rsa = Rsa(2048, HashAlgorithmName.SHA256);

        Assert.Equal("", Policy.Judge([device, root.Certificate]));
        Assert.Equal("", Policy.Judge([rsa, rsa]));
    }

    [Fact]
    public void Refuses_small_RSA_keys_anywhere_in_the_path()
    {
        using var device = root.Issue("CN=device", [1]);
        using var small = Rsa(1024, HashAlgorithmName.SHA256);

        Assert.Equal(CertificateReason.KeyWeak, Policy.Judge([small, root.Certificate]));
        Assert.Equal(CertificateReason.KeyWeak, Policy.Judge([device, small]));
        Assert.Equal("", (Policy with { MinRsaBits = 1024 }).Judge([small, root.Certificate]));
    }

    [Fact]
    public void Refuses_small_curves()
    {
        using var p256 = root.Issue("CN=device", [1]);

        Assert.Equal(CertificateReason.KeyWeak, (Policy with { MinEcBits = 384 }).Judge([p256, root.Certificate]));
    }

    [Fact]
    public void Refuses_curves_that_are_spelled_out()
    {
        using var key = ECDsa.Create();
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key.ImportParameters(named.ExportExplicitParameters(true));
        var spelledOut = PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);

        Assert.NotEqual(0x06, spelledOut.EncodedParameters!.RawData[0]);
        Assert.False(Policy.Accepts(spelledOut));
    }

    [Fact]
    public void Refuses_keys_of_another_kind()
    {
        var edwards = new PublicKey(new Oid("1.3.101.112"), null!, new AsnEncodedData(new byte[32]));
        Assert.False(Policy.Accepts(edwards));
    }

    [Fact]
    public void Refuses_SHA1_below_the_root_unless_policy_allows_it()
    {
        using var device = root.Issue("CN=device", [1]);
        using var old = Rsa(2048, HashAlgorithmName.SHA1);

        Assert.Equal(CertificateReason.AlgorithmWeak, Policy.Judge([old, root.Certificate]));
        Assert.Equal(CertificateReason.AlgorithmWeak, Policy.Judge([device, old, root.Certificate]));
        Assert.Equal("", Policy.Judge([device, old]));
        Assert.Equal("", (Policy with { AllowSha1 = true }).Judge([old, root.Certificate]));
    }

    [Fact]
    public void Refuses_MD5_whatever_policy_says()
    {
        // AlgorithmIdentifier md5WithRSAEncryption.
        byte[] md5 = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x04, 0x05, 0x00];

        Assert.True(SignatureScheme.TryRead(md5, out var scheme));
        Assert.False(new CertificatePolicy { AllowSha1 = true }.Accepts(scheme));
    }

    [Fact]
    public void Refuses_what_it_cannot_read_as_an_algorithm()
    {
        Assert.False(SignatureScheme.TryRead(new byte[] { 0x30, 0x80 }, out var scheme));
        Assert.False(Policy.Accepts(scheme));
    }

    [Fact]
    public void Refuses_a_path_that_is_too_long()
    {
        using var device = root.Issue("CN=device", [1]);
        var one = root.Certificate;

        Assert.Equal("", (Policy with { MaxIntermediates = 1 }).Judge([device, one, one]));
        Assert.Equal(CertificateReason.ChainTooLong, (Policy with { MaxIntermediates = 1 }).Judge([device, one, one, one]));
    }

    [Fact]
    public void Refuses_an_authority_as_a_device() => Assert.Equal(CertificateReason.OfAuthority, Policy.Judge([root.Certificate]));

    [Fact]
    public void Leaves_a_missing_usage_to_policy()
    {
        using var plain = root.Issue("CN=device", [1]);
        using var named = root.Issue("CN=device", [2], new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var strict = Policy with { RequireClientAuth = true };

        Assert.Equal("", Policy.Judge([plain, root.Certificate]));
        Assert.Equal(CertificateReason.Usage, strict.Judge([plain, root.Certificate]));
        Assert.Equal("", strict.Judge([named, root.Certificate]));
    }

    [Fact]
    public void Refuses_constraints_that_cannot_be_read()
    {
        using var device = root.Issue("CN=device", [1], new X509Extension("2.5.29.19", [0x30, 0x03, 0x01], true));
        Assert.Equal(CertificateReason.Unreadable, Policy.Judge([device, root.Certificate]));
    }

    [Fact]
    public void Reads_a_certificates_place_and_refuses_a_serial_number_beyond_bounds()
    {
        using var device = root.Issue("CN=device", [0x0A, 0x0B]);
        using var odd = root.Issue("CN=device", [.. Enumerable.Repeat((byte)0x11, 21)]);

        Assert.True(CertificateLink.TryRead(device, out var link));
        Assert.Equal(root.Link(0x0A, 0x0B) with { DistributionPoints = link!.DistributionPoints }, link);
        Assert.False(CertificateLink.TryRead(odd, out _));
    }

    public void Dispose() => root.Dispose();

    private static X509Certificate2 Rsa(int bits, HashAlgorithmName hash)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var signer = new AnyHash(X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), key, hash);
        return request.Create(request.SubjectName, signer, TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1), [1]);
    }

    /// <summary>Signs with SHA-1 too, which the platform's own writer declines.</summary>
    private sealed class AnyHash(X509SignatureGenerator usual, RSA key, HashAlgorithmName hash) : X509SignatureGenerator
    {
        private static readonly byte[] Sha1WithRsa = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00];

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            hash == HashAlgorithmName.SHA1 ? Sha1WithRsa : usual.GetSignatureAlgorithmIdentifier(hash);

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hash, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => usual.PublicKey;
    }
}
