using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>TLS towards an https ACS: configured roots or a pinned key, the host's name, and a certificate of the gateway's own.</summary>
public sealed class AcsTlsTests : IDisposable
{
    private readonly TlsLab files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Accepts_an_ACS_that_chains_to_the_configured_root_and_shows_it_a_certificate()
    {
        using var own = files.Servers.IssueClient("gateway");
        var tls = new AcsTlsOptions { CaPath = Root(), ClientCertificate = files.WritePem(own, "gateway") };

        await AssertCarriesAsync(files.Servers.IssueServer("127.0.0.1"), tls, expectClient: "CN=gateway");
    }

    [Fact]
    public async Task Accepts_an_ACS_with_the_pinned_key()
    {
        var certificate = files.Devices.IssueServer("127.0.0.1");

        await AssertCarriesAsync(certificate, new AcsTlsOptions { PinSha256 = Pin(certificate) }, expectClient: null);
    }

    [Fact]
    public Task Refuses_an_ACS_of_another_root() =>
        AssertRefusesAsync(files.Devices.IssueServer("127.0.0.1"), new AcsTlsOptions { CaPath = Root() });

    [Fact]
    public Task Refuses_an_ACS_with_another_name() =>
        AssertRefusesAsync(files.Servers.IssueServer("other.example"), new AcsTlsOptions { CaPath = Root() });

    [Fact]
    public Task Refuses_a_pinned_ACS_with_another_name()
    {
        var certificate = files.Servers.IssueServer("other.example");
        return AssertRefusesAsync(certificate, new AcsTlsOptions { PinSha256 = Pin(certificate) });
    }

    [Fact]
    public Task Refuses_an_ACS_with_another_key_than_the_pinned_one() =>
        AssertRefusesAsync(files.Servers.IssueServer("127.0.0.1"), new AcsTlsOptions { CaPath = Root(), PinSha256 = new string('0', 64) });

    [Fact]
    public Task Refuses_every_https_ACS_where_no_trust_is_configured() =>
        AssertRefusesAsync(files.Servers.IssueServer("127.0.0.1"), new AcsTlsOptions());

    private static async Task AssertCarriesAsync(X509Certificate2 certificate, AcsTlsOptions tls, string? expectClient)
    {
        await using var server = new ScriptedAcs(
            request => request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Done, certificate);
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = options.Acs with { Tls = tls } });
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal(1, server.Connections);
        Assert.Equal(expectClient, server.ClientSubjects.FirstOrDefault());
    }

    private static async Task AssertRefusesAsync(X509Certificate2 certificate, AcsTlsOptions tls)
    {
        await using var server = new ScriptedAcs(request => AcsAnswer.Soap(Soap.InformResponse(request.Id)), certificate);
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = options.Acs with { Tls = tls } });
        await using var device = await lab.DeviceAsync();

        Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);

        Assert.Empty(server.Received);
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "acs-tls-failed");
    }

    private string Root()
    {
        File.WriteAllText(files.Path("acs-root.pem"), files.Servers.Certificate.ExportCertificatePem());
        return files.Path("acs-root.pem");
    }

    private static string Pin(X509Certificate2 certificate) =>
        Convert.ToHexString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
