using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Gateway.Tests.Identity;

public sealed class LabCertificateAuthorityTests
{
    [Theory]
    [InlineData(LabKey.P256, LabKey.P256)]
    [InlineData(LabKey.P256, LabKey.Rsa2048)]
    [InlineData(LabKey.Rsa2048, LabKey.P256)]
    [InlineData(LabKey.Rsa2048, LabKey.Rsa2048)]
    public void Issues_certificates_that_build_to_its_root_only(LabKey rootKey, LabKey leafKey)
    {
        using var root = LabCertificateAuthority.CreateRoot("Root", rootKey);
        using var other = LabCertificateAuthority.CreateRoot("Root", rootKey);
        using var device = root.IssueClient("001122-HGW-SN1", leafKey);
        Assert.True(device.HasPrivateKey);
        Assert.True(Builds(device, root.Certificate));
        Assert.False(Builds(device, other.Certificate));
        Assert.True(CertificateFactsReader.TryRead(device, out var facts, out _));
        Assert.Equal(["001122-HGW-SN1"], facts!.CommonNames);
    }

    [Fact]
    public void Issues_through_an_intermediate()
    {
        using var root = LabCertificateAuthority.CreateRoot("Root");
        using var below = root.CreateIntermediate("Devices");
        using var device = below.IssueClient("001122-HGW-SN1");
        Assert.True(Builds(device, root.Certificate, below.Certificate));
        Assert.False(Builds(device, root.Certificate));
    }

    [Fact]
    public void Names_servers_by_host_and_address()
    {
        using var root = LabCertificateAuthority.CreateRoot("Root");
        using var server = root.IssueServer("acs.example.net", "127.0.0.1");
        Assert.True(server.MatchesHostname("acs.example.net", allowCommonName: false));
        Assert.True(server.MatchesHostname("127.0.0.1", allowCommonName: false));
        Assert.False(server.MatchesHostname("other.example.net"));
    }

    [Fact]
    public void Goes_on_after_an_export()
    {
        using var root = LabCertificateAuthority.CreateRoot("Root");
        using var loaded = LabCertificateAuthority.Load(X509Certificate2.CreateFromPem(
            root.Certificate.ExportCertificatePem(),
            LabCertificateAuthority.PrivateKeyPem(root.Certificate)));
        using var device = loaded.IssueClient("001122-HGW-SN1");
        Assert.True(Builds(device, root.Certificate));
        Assert.Throws<CryptographicException>(() => LabCertificateAuthority.Load(device));
        using var keyless = X509CertificateLoader.LoadCertificate(root.Certificate.RawData);
        Assert.Throws<CryptographicException>(() => LabCertificateAuthority.Load(keyless));
    }

    [Fact]
    public void Keeps_to_the_validity_that_was_asked_for_and_to_its_own()
    {
        var clock = new TestClock();
        using var root = LabCertificateAuthority.CreateRoot("Root", time: clock);
        using var expired = root.Issue(new LabCertificateRequest { CommonName = "x", NotBefore = clock.GetUtcNow().AddDays(-2), NotAfter = clock.GetUtcNow().AddDays(-1) });
        Assert.Equal(clock.GetUtcNow().AddDays(-1).UtcDateTime, expired.NotAfter.ToUniversalTime());
        using var longer = root.Issue(new LabCertificateRequest { CommonName = "x", NotAfter = clock.GetUtcNow().AddYears(50) });
        Assert.Equal(root.Certificate.NotAfter, longer.NotAfter);
    }

    private static bool Builds(X509Certificate2 leaf, X509Certificate2 root, params X509Certificate2[] extra)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(extra);
        return chain.Build(leaf);
    }
}
