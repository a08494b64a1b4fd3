using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>The gateway as it is configured and built for an operator.</summary>
public sealed class WholeGatewayTests : IDisposable
{
    private readonly ConfigurationLab lab = new();
    private readonly LabCertificateAuthority authority = LabCertificateAuthority.CreateRoot("Devices");
    private readonly LabRevocationList list = LabRevocationList.Empty();

    public WholeGatewayTests()
    {
        lab.Write("ca.pem", authority.Certificate.ExportCertificatePem());
        lab.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        lab.Keys[$"{ConfigurationLab.Listener}:Port"] = "0";
        lab.Keys[$"{ConfigurationLab.Listener}:Revocation:CrlFiles:0"] = "devices.crl";
        lab.Keys["CwmpShield:Management:Port"] = "0";
        lab.Keys["CwmpShield:Store:Path"] = "registry.db";
    }

    public void Dispose()
    {
        authority.Dispose();
        lab.Dispose();
    }

    [Fact]
    public async Task Records_who_came_and_refuses_who_was_revoked()
    {
        using var device = authority.IssueClient("001122-HGW-S1");
        Sign();
        var read = lab.Check();
        Assert.Empty(read.Errors);
        await using var app = GatewayApp.Build(read.Options, read.Source);
        await app.StartAsync();
        var inventory = new CertificateInventory(app.Services.GetRequiredService<Store>());
        var endpoint = app.Services.GetRequiredService<BoundEndpoints>().Device("fleet");

        // Unknown to the registry, but with a certificate that counts.
        Assert.Equal("HTTP/1.1 403 Forbidden", await RevocationLab.AskAsync(endpoint, device));
        await ListenerHost.EventuallyAsync(
            async () => (await inventory.ListAsync(DateTimeOffset.MaxValue, "", 10, default)).Count == 1, "the inventory");
        var scrape = await ScrapeAsync(app.Services);
        Assert.Contains("cwmpshield_certificate_checks_total{listener=\"fleet\",verdict=\"accepted\",reason=\"\"} 2\n", scrape, StringComparison.Ordinal);

        list.Revoke(device.SerialNumberBytes.Span, TimeProvider.System.GetUtcNow(), System.Security.Cryptography.X509Certificates.X509RevocationReason.KeyCompromise);
        Sign();
        app.Services.GetRequiredService<CertificateDoors>().Sources[0].PollFiles();

        Assert.Equal("", await RevocationLab.AskAsync(endpoint, device));
        scrape = await ScrapeAsync(app.Services);
        Assert.Contains("verdict=\"refused\",reason=\"certificate-revoked\"} 1\n", scrape, StringComparison.Ordinal);
        Assert.Equal("", await Scrape.LintAsync(scrape));
    }

    private void Sign() => lab.Write("devices.crl", list.Sign(authority, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1)));

    private static async Task<string> ScrapeAsync(IServiceProvider services)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://{services.GetRequiredService<BoundEndpoints>().Management}/metrics"));
    }
}
