using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Revocation;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>Sources of revocation in the configuration.</summary>
public sealed class RevocationCheckTests : IDisposable
{
    private const string Revocation = ConfigurationLab.Listener + ":Revocation";
    private readonly ConfigurationLab lab = new();
    private readonly LabCertificateAuthority authority = LabCertificateAuthority.CreateRoot("Devices");

    public RevocationCheckTests()
    {
        lab.Write("ca.pem", authority.Certificate.ExportCertificatePem());
        lab.Write("good.crl", List(authority));
    }

    public void Dispose()
    {
        authority.Dispose();
        lab.Dispose();
    }

    [Fact]
    public void Accepts_files_addresses_and_a_responder()
    {
        lab.Keys[$"{Revocation}:CrlFiles:0"] = "good.crl";
        lab.Keys[$"{Revocation}:CrlUrls:0"] = "http://crl.example/devices.crl";
        lab.Keys[$"{Revocation}:OcspUrl"] = "https://ocsp.example/";
        lab.Keys[$"{Revocation}:Mode"] = "soft-fail";
        lab.Keys[$"{ConfigurationLab.Listener}:CertificatePolicy:MinRsaBits"] = "3072";

        var read = lab.Check();

        Assert.Empty(read.Errors);
        var listener = read.Options.Listeners[0];
        Assert.Equal([lab.At("good.crl")], listener.Revocation.CrlFiles);
        Assert.Equal(RevocationMode.SoftFail, listener.Revocation.Mode);
        Assert.Equal(3072, listener.CertificatePolicy.MinRsaBits);
    }

    [Theory]
    [InlineData("absent.crl", RevocationReason.CrlUnavailable)]
    [InlineData("ca.pem", RevocationReason.CrlUnreadable)]
    [InlineData("foreign.crl", RevocationReason.CrlIssuerUnknown)]
    public void Refuses_a_file_without_lists_of_the_bundle(string file, string reason)
    {
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        lab.Write("foreign.crl", List(stranger));
        lab.Keys[$"{Revocation}:CrlFiles:0"] = "good.crl";
        lab.Keys[$"{Revocation}:CrlFiles:1"] = file;

        var error = Assert.Single(lab.Check().Errors);
        Assert.Equal($"{Revocation}:CrlFiles:1", error.Key);
        Assert.Contains(reason, error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Revocation:CrlUrls:0", "ldap://crl.example/")]
    [InlineData("Revocation:CrlUrls:0", "devices.crl")]
    [InlineData("Revocation:OcspUrl", "http://u:p@ocsp.example/")]
    [InlineData("Revocation:Mode", "off")]
    [InlineData("Revocation:StaleAfter", "-00:00:01")]
    [InlineData("Revocation:RefreshInterval", "00:00:01")]
    [InlineData("Revocation:MaxCrlBytes", "0")]
    [InlineData("Revocation:OcspMaxAge", "00:00:00")]
    [InlineData("Revocation:MaxOcspAnswers", "1")]
    [InlineData("Revocation:RequireForAuthorities", "true")]
    [InlineData("Revocation:CdpUrls:0", "x", "Revocation:CdpUrls")]
    [InlineData("CertificatePolicy:MinRsaBits", "512")]
    [InlineData("CertificatePolicy:MinEcBits", "160")]
    [InlineData("CertificatePolicy:MaxIntermediates", "9")]
    public void Refuses(string key, string value, string? reported = null)
    {
        lab.Keys[$"{ConfigurationLab.Listener}:{key}"] = value;
        Assert.Equal($"{ConfigurationLab.Listener}:{reported ?? key}", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Refuses_sources_where_no_certificate_is_asked_for()
    {
        lab.Keys[$"{Revocation}:OcspUrl"] = "http://ocsp.example/";
        lab.Keys[$"{ConfigurationLab.Listener}:ClientCertificates"] = "none";

        Assert.Contains(lab.Check().Errors, error => error.Key == Revocation);
    }

    private static string List(LabCertificateAuthority signer) =>
        LabRevocationList.Empty().Sign(signer, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeSpan.FromDays(1));
}
