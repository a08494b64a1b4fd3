using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Signing;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class ManifestVerifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Manifest = File.ReadAllBytes(Repository.Path("tests", "conformance", "artefacts.json"));

    private readonly ECDsa release = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa security = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void Takes_a_manifest_that_enough_signers_have_signed()
    {
        var result = Verify(Manifest, required: 2, [release, security]);

        Assert.Equal("", result.Reason);
        Assert.Equal(["release", "security"], result.Manifest!.SignedBy.AsEnumerable());
        Assert.Equal(7, result.Manifest.Manifest.Version);
        Assert.Equal(result.Manifest.Manifest.Expires, result.Manifest.Expires);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Manifest)), result.Manifest.Sha256);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 20)]
    public void Ends_a_manifest_when_too_few_of_its_signers_are_left(int required, int days)
    {
        var signers = new[] { Certified("release", release, 40), Certified("security", security, 20) };
        var result = ManifestVerifier.Verify(
            "m", Manifest, [("a", Sign(release, Manifest)), ("b", Sign(security, Manifest))], new ManifestTrust(signers, required), Now);

        Assert.Equal(Now.AddDays(days), result.Manifest!.Expires);
    }

    [Fact]
    public void Refuses_one_signature_where_two_are_asked_for()
    {
        Assert.Equal(SignerReason.TooFew, Verify(Manifest, required: 2, [release]).Reason);
        Assert.Equal(SignerReason.TooFew, Verify(Manifest, required: 2, [release, release]).Reason);
        Assert.Equal(SignerReason.TooFew, Verify(Manifest, required: 1, []).Reason);
        Assert.Equal(SignerReason.TooFew, Verify(Manifest, required: 0, []).Reason);
    }

    [Fact]
    public void Refuses_a_manifest_that_was_changed_after_signing()
    {
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Manifest).Replace("\"version\": 7", "\"version\": 8", StringComparison.Ordinal));
        var trust = Trust(1);

        Assert.Equal(SignerReason.TooFew, ManifestVerifier.Verify("m", changed, [("s", Sign(release, Manifest))], trust, Now).Reason);
    }

    [Fact]
    public void Refuses_an_older_manifest_than_was_in_force()
    {
        Assert.Equal(SignerReason.ManifestOlder, Verify(Manifest, 1, [release], reached: 8).Reason);
        Assert.Equal("", Verify(Manifest, 1, [release], reached: 7).Reason);
    }

    [Fact]
    public void Says_where_a_signed_manifest_cannot_be_read()
    {
        var result = Verify("{\n  \"cwmpshield-manifest\": 1,\n  \"verzion\": 1\n}"u8.ToArray(), 1, [release]);

        Assert.Equal(SignerReason.ManifestUnreadable, result.Reason);
        Assert.Contains(result.Problems, p => p.StartsWith("m:3:3: error: unknown member \"verzion\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_what_is_larger_than_any_manifest() =>
        Assert.Equal(SignerReason.ManifestUnreadable, ManifestVerifier.Verify("m", new byte[(32 << 20) + 1], [], Trust(1), Now).Reason);

    private ManifestVerification Verify(byte[] bytes, int required, ECDsa[] by, long reached = 0) =>
        ManifestVerifier.Verify("m", bytes, [.. by.Select((k, i) => ($"s{i}", Sign(k, bytes)))], Trust(required) with { Reached = reached }, Now);

    private ManifestTrust Trust(int required) => new([Pin("release", release), Pin("security", security)], required);

    private static PinnedSigner Certified(string name, ECDsa key, int days)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: false));
        using var certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(days));
        return PinnedSigner.Read(name, certificate.ExportCertificatePem(), out _)!;
    }

    private static PinnedSigner Pin(string name, ECDsa key) => PinnedSigner.Read(name, key.ExportSubjectPublicKeyInfoPem(), out _)!;

    private static byte[] Sign(ECDsa key, byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
