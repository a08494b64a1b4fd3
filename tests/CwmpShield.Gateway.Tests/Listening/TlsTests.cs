using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class TlsTests : IDisposable
{
    private readonly TlsLab lab = new();

    public void Dispose() => lab.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Accepts_device_of_the_operators_authority(SslProtocols protocol)
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        using var device = lab.Devices.IssueClient("001122-HGW-S1");
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device, protocols: protocol);
        var answer = await client.AskAsync(RawClient.Post("<inform/>"));
        Assert.Contains("\r\nX-Tls: yes\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Certificate: 001122-HGW-S1\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"cwmpshield_tls_handshakes_total{{listener=\"tls\",version=\"{protocol}\",suite=\"TLS_", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_device_below_an_intermediate_of_the_bundle()
    {
        using var intermediate = lab.Devices.CreateIntermediate("Batch 7");
        await File.AppendAllTextAsync(lab.CaPath, intermediate.Certificate.ExportCertificatePem());
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        using var device = intermediate.IssueClient("001122-HGW-S2");
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device);
        Assert.StartsWith("HTTP/1.1 200", await client.AskAsync(RawClient.Post("x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Refuses_missing_certificate(SslProtocols protocol)
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        Assert.False(await AnswersAsync(host, null, protocol));
        await host.CountsAsync(ListeningReason.CertificateMissing, "tls");
    }

    [Fact]
    public async Task Accepts_missing_certificate_where_it_is_allowed()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { ClientCertificates = ClientCertificatePolicy.Allow });
        Assert.True(await AnswersAsync(host, null));
    }

    [Fact]
    public async Task Refuses_untrusted_certificate_where_none_would_do()
    {
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        using var device = stranger.IssueClient("001122-HGW-S1");
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { ClientCertificates = ClientCertificatePolicy.Allow });
        Assert.False(await AnswersAsync(host, device));
        await host.CountsAsync(CertificateReason.Untrusted, "tls");
    }

    [Fact]
    public async Task Refuses_certificate_of_an_authority_with_the_same_name()
    {
        using var twin = LabCertificateAuthority.CreateRoot(TlsLab.DeviceCaName);
        using var device = twin.IssueClient("001122-HGW-S1");
        await RefusesAsync(CertificateReason.Untrusted, device);
    }

    [Fact]
    public async Task Refuses_expired_certificate()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var device = lab.Devices.Issue(new LabCertificateRequest
        {
            CommonName = "001122-HGW-S1",
            ClientAuth = true,
            NotBefore = now.AddMinutes(-50),
            NotAfter = now.AddMinutes(-5),
        });
        await RefusesAsync(CertificateReason.Expired, device);
    }

    [Fact]
    public async Task Refuses_certificate_for_servers()
    {
        using var server = lab.Devices.IssueServer("001122-HGW-S1");
        await RefusesAsync(CertificateReason.Usage, server);
    }

    [Fact]
    public async Task Refuses_certificate_that_a_device_issued()
    {
        using var device = lab.Devices.IssueClient("001122-HGW-S1");
        var forged = new CertificateRequest("CN=001122-HGW-VICTIM", device.GetECDsaPrivateKey()!, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var bare = forged.Create(device.SubjectName, X509SignatureGenerator.CreateForECDsa(device.GetECDsaPrivateKey()!), new DateTimeOffset(device.NotBefore), new DateTimeOffset(device.NotAfter), [1, 2, 3]);
        using var own = bare.CopyWithPrivateKey(device.GetECDsaPrivateKey()!);
        await RefusesAsync(CertificateReason.Untrusted, own);
    }

    [Fact]
    public async Task Follows_no_address_of_a_strangers_certificate()
    {
        using var trap = new TcpListener(IPAddress.Loopback, 0);
        trap.Start();
        var port = ((IPEndPoint)trap.LocalEndpoint).Port;
        using var unknown = LabCertificateAuthority.CreateRoot("Unknown");
        using var intermediate = unknown.CreateIntermediate("Unknown issuer");
        foreach (var authority in new[] { unknown, intermediate, lab.Devices })
        {
            using var device = authority.Issue(new LabCertificateRequest
            {
                CommonName = "001122-HGW-S1",
                ClientAuth = true,
                Extensions =
                [
                    new X509AuthorityInformationAccessExtension([$"http://127.0.0.1:{port}/ocsp"], [$"http://127.0.0.1:{port}/issuer.cer"]),
                    CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"http://127.0.0.1:{port}/list.crl"]),
                ],
            });
            await using var host = await ListenerHost.StartAsync(lab.Listener());
            Assert.Equal(ReferenceEquals(authority, lab.Devices), await AnswersAsync(host, device));
        }

        Assert.False(trap.Pending());
    }

    [Fact]
    public async Task Refuses_plain_http_on_a_tls_listener()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.Equal("", await client.AskAsync(RawClient.Post("x")));
        await host.CountsAsync(ListeningReason.TlsHandshakeFailed, "tls");
    }

    [Fact]
    public async Task Closes_a_handshake_that_does_not_come()
    {
        await using var host = await ListenerHost.StartAsync(
            lab.Listener() with { Limits = new ListenerLimits { HandshakeTime = TimeSpan.FromMilliseconds(200) } });
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.True(await client.EndsAsync());
        await host.CountsAsync(ListeningReason.TlsHandshakeFailed, "tls");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Serves_certificate_from_pem_and_pfx(bool pfx)
    {
        using var server = lab.Servers.IssueServer("acs.example", "127.0.0.1");
        var certificate = new CertificateOptions { Path = lab.Path("server.pfx"), PasswordFile = lab.Path("password") };
        if (pfx)
        {
            await File.WriteAllBytesAsync(certificate.Path, server.Export(X509ContentType.Pfx, "s3cret"));
            await File.WriteAllTextAsync(certificate.PasswordFile, "s3cret\n");
        }
        else
        {
            certificate = lab.WritePem(server, "pem");
        }

        await using var host = await ListenerHost.StartAsync(lab.Listener() with { Certificate = certificate, ClientCertificates = ClientCertificatePolicy.None });
        await using var client = await RawClient.ConnectTlsAsync(host.Device);
        Assert.Equal(server.Thumbprint, client.ServerCertificate.Thumbprint);
    }

    private async Task RefusesAsync(string reason, X509Certificate2 device)
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        Assert.False(await AnswersAsync(host, device));
        await host.CountsAsync(reason, "tls");
    }

    internal static async Task<bool> AnswersAsync(ListenerHost host, X509Certificate2? device, SslProtocols protocol = SslProtocols.None)
    {
        try
        {
            await using var client = await RawClient.ConnectTlsAsync(host.Device, device, protocols: protocol);
            return (await client.AskAsync(RawClient.Post("x"))).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return false;
        }
    }
}
