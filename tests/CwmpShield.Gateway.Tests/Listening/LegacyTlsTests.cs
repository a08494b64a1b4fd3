using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>Old devices: RSA key exchange, CBC suites, no SNI, certificates with RSA keys.</summary>
public sealed class LegacyTlsTests : IDisposable
{
    private const string Request = "POST / HTTP/1.1\r\nHost: acs\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx";
    private readonly TlsLab lab = new();
    private readonly CertificateOptions server;
    private readonly CertificateOptions device;

    public LegacyTlsTests()
    {
        using var rsa = lab.Servers.Issue(new LabCertificateRequest { CommonName = "acs.example", DnsNames = ["acs.example"], ServerAuth = true, Key = LabKey.Rsa2048 });
        using var client = lab.Devices.IssueClient("001122-OLD-S1", LabKey.Rsa2048);
        server = lab.WritePem(rsa, "rsa");
        device = lab.WritePem(client, "device");
    }

    public void Dispose() => lab.Dispose();

    [Theory]
    [InlineData("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA")]
    [InlineData("AES256-SHA", "TLS_RSA_WITH_AES_256_CBC_SHA")]
    [InlineData("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA")]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    public async Task Accepts_suites_of_old_devices_without_sni(string cipher, string counted)
    {
        await using var host = await ListenerHost.StartAsync(Legacy());
        var said = await ClientAsync(host, "-tls1_2", "-cipher", cipher, "-noservername");
        Assert.Contains("HTTP/1.1 200 ", said, StringComparison.Ordinal);
        Assert.Contains("X-Certificate: 001122-OLD-S1", said, StringComparison.Ordinal);
        Assert.Contains($"cwmpshield_tls_handshakes_total{{listener=\"tls\",version=\"Tls12\",suite=\"{counted}\"}} 1", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Still_speaks_tls_1_3()
    {
        await using var host = await ListenerHost.StartAsync(Legacy());
        Assert.Contains("HTTP/1.1 200 ", await ClientAsync(host, "-tls1_3"), StringComparison.Ordinal);
        Assert.Contains("version=\"Tls13\"", host.Metrics(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1_2", "NULL-SHA256@SECLEVEL=0")]
    [InlineData("-tls1_2", "aNULL@SECLEVEL=0")]
    [InlineData("-tls1_2", "PSK")]
    [InlineData("-tls1_1", "AES128-SHA@SECLEVEL=0")]
    [InlineData("-tls1", "AES128-SHA@SECLEVEL=0")]
    public async Task Refuses_what_is_broken(string version, string cipher)
    {
        await using var host = await ListenerHost.StartAsync(Legacy());
        Assert.DoesNotContain("HTTP/1.1 ", await ClientAsync(host, version, "-cipher", cipher), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modern_listener_refuses_rsa_key_exchange_and_counts_it()
    {
        await using var host = await ListenerHost.StartAsync(Legacy() with { TlsProfile = TlsProfile.Modern });
        Assert.DoesNotContain("HTTP/1.1 ", await ClientAsync(host, "-tls1_2", "-cipher", "AES128-SHA"), StringComparison.Ordinal);
        await host.CountsAsync(ListeningReason.TlsHandshakeFailed, "tls");
    }

    [Theory]
    [InlineData(TlsProfile.Modern)]
    [InlineData(TlsProfile.Legacy)]
    public async Task Refuses_renegotiation(TlsProfile profile)
    {
        await using var host = await ListenerHost.StartAsync(Legacy() with { TlsProfile = profile });
        var said = await OpenSsl.RenegotiateAsync(host.Device, Client("-tls1_2"));
        Assert.Contains("RENEGOTIATING", said, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_3", true)]
    [InlineData("-tls1_2", false)]
    [InlineData("-tls1_3", false)]
    public async Task Resumes_sessions_only_where_it_is_allowed(string version, bool allowed)
    {
        await using var host = await ListenerHost.StartAsync(Legacy() with { TlsProfile = TlsProfile.Modern, AllowTlsResume = allowed });
        var session = lab.Path("session.pem");
        await ClientAsync(host, version, "-sess_out", session);
        Assert.True(File.Exists(session) || !allowed);
        if (File.Exists(session))
        {
            var said = await OpenSsl.ClientAsync(host.Device, Request, Client(version, "-sess_in", session));
            Assert.Equal(allowed, said.Contains("Reused, ", StringComparison.Ordinal));
            Assert.Contains("X-Certificate: 001122-OLD-S1", said, StringComparison.Ordinal);
        }
    }

    private ListenerOptions Legacy() => lab.Listener() with { Certificate = server, TlsProfile = TlsProfile.Legacy };

    private Task<string> ClientAsync(ListenerHost host, params string[] arguments) =>
        OpenSsl.ClientAsync(host.Device, Request, [.. Client(arguments), "-quiet"]);

    private string[] Client(params string[] arguments) => ["-cert", device.Path, "-key", device.KeyPath, .. arguments];
}
