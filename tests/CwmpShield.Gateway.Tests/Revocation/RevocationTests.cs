using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>Revocation lists at a real listener.</summary>
public sealed class RevocationTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK";
    private const string Forbidden = "HTTP/1.1 403 Forbidden";
    private const string Unavailable = "HTTP/1.1 503 Service Unavailable";
    private readonly RevocationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Refuses_a_revoked_device_in_the_handshake_and_no_other()
    {
        using var good = lab.Device();
        using var revoked = lab.Device("001122-HGW-S2");
        lab.Write(revoked);
        await using var host = await ListenerHost.StartAsync(lab.Listener());

        Assert.Equal(Ok, await RevocationLab.AskAsync(host, good));
        Assert.Equal("", await RevocationLab.AskAsync(host, revoked));
        await host.CountsAsync(CertificateReason.Revoked, "tls");
        Assert.Contains("cwmpshield_certificate_checks_total{listener=\"tls\",verdict=\"refused\",reason=\"certificate-revoked\"} 1", host.Metrics(), StringComparison.Ordinal);
        Assert.Contains("cwmpshield_crl_entries{listener=\"tls\",issuer=\"CN=Operator devices\"} 1", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_the_next_request_of_an_open_connection_by_itself_once_the_file_changes()
    {
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device);
        Assert.Equal(Ok, await RevocationLab.AskAsync(client));

        lab.Write(device);
        await ListenerHost.EventuallyAsync(
            () => host.Metrics().Contains("cwmpshield_crl_entries{listener=\"tls\",issuer=\"CN=Operator devices\"} 1", StringComparison.Ordinal), "the new list");

        Assert.Equal(Forbidden, await RevocationLab.AskAsync(client));
        Assert.True(await client.EndsAsync());
        await host.CountsAsync(CertificateReason.Revoked, "tls");
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Refuses_a_revoked_device_that_resumes_its_session(string version)
    {
        using var device = lab.Device();
        var files = lab.Tls.WritePem(device, "device");
        var session = lab.Tls.Path("session");
        var request = RawClient.Post("x", headers: "Connection: close\r\n");
        string[] common = [version, "-cert", files.Path, "-key", files.KeyPath];
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { AllowTlsResume = true });
        Assert.Contains(Ok, await OpenSsl.ClientAsync(host.Device, request, [.. common, "-sess_out", session]), StringComparison.Ordinal);
        var resumed = await OpenSsl.ClientAsync(host.Device, request, [.. common, "-sess_in", session]);
        Assert.Contains("Reused, ", resumed, StringComparison.Ordinal);
        Assert.Contains(Ok, resumed, StringComparison.Ordinal);

        lab.Write(device);
        RevocationLab.Poll(host);

        Assert.DoesNotContain("HTTP/1.1 ", await OpenSsl.ClientAsync(host.Device, request, [.. common, "-sess_in", session]), StringComparison.Ordinal);
        await host.CountsAsync(CertificateReason.Revoked, "tls");
    }

    [Theory]
    [InlineData(RevocationMode.HardFail, Unavailable, "unavailable")]
    [InlineData(RevocationMode.SoftFail, Ok, "accepted")]
    public async Task Leaves_a_stale_list_to_policy(RevocationMode mode, string expected, string verdict)
    {
        using var device = lab.Device();
        using var revoked = lab.Device("001122-HGW-S2");
        lab.Write(TimeSpan.FromHours(-2), revoked);
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { CrlFiles = [lab.CrlPath], Mode = mode }));

        Assert.Equal(expected, await RevocationLab.AskAsync(host, device));
        Assert.Equal("", await RevocationLab.AskAsync(host, revoked));
        Assert.Contains(
            $"cwmpshield_certificate_checks_total{{listener=\"tls\",verdict=\"{verdict}\",reason=\"revocation-stale\"}}", host.Metrics(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RevocationMode.HardFail, Unavailable)]
    [InlineData(RevocationMode.SoftFail, Ok)]
    public async Task Leaves_an_authority_without_a_list_to_policy(RevocationMode mode, string expected)
    {
        using var batch = lab.Tls.Devices.CreateIntermediate("Batch 7");
        await File.AppendAllTextAsync(lab.Tls.CaPath, batch.Certificate.ExportCertificatePem());
        using var device = batch.IssueClient("001122-HGW-S1");
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { CrlFiles = [lab.CrlPath], Mode = mode }));

        Assert.Equal(expected, await RevocationLab.AskAsync(host, device));
        Assert.Contains("reason=\"revocation-unknown\"", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_every_device_below_a_revoked_authority()
    {
        using var batch = lab.Tls.Devices.CreateIntermediate("Batch 7");
        await File.AppendAllTextAsync(lab.Tls.CaPath, batch.Certificate.ExportCertificatePem());
        using var device = batch.IssueClient("001122-HGW-S1");
        lab.Write(batch.Certificate);
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { CrlFiles = [lab.CrlPath], Mode = RevocationMode.SoftFail }));

        Assert.Equal("", await RevocationLab.AskAsync(host, device));
        await host.CountsAsync(CertificateReason.Revoked, "tls");
    }

    [Fact]
    public async Task Keeps_the_last_good_list_when_the_file_breaks_and_says_so()
    {
        using var good = lab.Device();
        using var revoked = lab.Device("001122-HGW-S2");
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        lab.Write(revoked);
        var older = await File.ReadAllTextAsync(lab.CrlPath);
        lab.Write();
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { CrlFiles = [lab.CrlPath], MaxCrlBytes = 4096 }));
        var strangers = CwmpShield.Gateway.Revocation.LabRevocationList.Empty().Sign(stranger, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(9));
        using var twin = LabCertificateAuthority.CreateRoot(TlsLab.DeviceCaName);
        var twins = CwmpShield.Gateway.Revocation.LabRevocationList.Empty().Sign(twin, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(9));
        foreach (var (content, reason) in new[]
        {
            ("-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n", RevocationReason.CrlUnreadable),
            ("half a fi", RevocationReason.CrlUnreadable),
            (strangers, RevocationReason.CrlIssuerUnknown),
            (twins, RevocationReason.CrlIssuerUnknown),
            (Forged(lab.Sign(TimeSpan.FromDays(9), [])), RevocationReason.CrlSignatureInvalid),
            (older, RevocationReason.CrlOlder),
            ("", RevocationReason.CrlUnreadable),
            (new string('x', 5000), RevocationReason.CrlTooLarge),
            (null, RevocationReason.CrlUnavailable),
        })
        {
            if (content is null)
            {
                File.Delete(lab.CrlPath);
            }
            else
            {
                await File.WriteAllTextAsync(lab.CrlPath, content);
            }

            RevocationLab.Poll(host);
            Assert.Contains($"cwmpshield_crl_loads_total{{listener=\"tls\",outcome=\"{reason}\"}}", host.Metrics(), StringComparison.Ordinal);
            Assert.Equal(Ok, await RevocationLab.AskAsync(host, good));
            Assert.Equal("", await RevocationLab.AskAsync(host, revoked));
        }
    }

    private static string Forged(string pem)
    {
        var fields = System.Security.Cryptography.PemEncoding.Find(pem);
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        der[^1] ^= 1;
        return System.Security.Cryptography.PemEncoding.WriteString(pem[fields.Label], der);
    }

    [Fact]
    public async Task Refuses_an_open_connection_when_its_authority_leaves_the_bundle_and_keeps_it_when_another_joins()
    {
        using var other = LabCertificateAuthority.CreateRoot("Operator devices 2");
        using var device = lab.Device();
        var own = await File.ReadAllTextAsync(lab.Tls.CaPath);
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device);
        Assert.Equal(Ok, await RevocationLab.AskAsync(client));

        await File.WriteAllTextAsync(lab.Tls.CaPath, own + other.Certificate.ExportCertificatePem());
        RevocationLab.Poll(host);
        Assert.Equal(Ok, await RevocationLab.AskAsync(client));

        await File.WriteAllTextAsync(lab.Tls.CaPath, other.Certificate.ExportCertificatePem());
        RevocationLab.Poll(host);
        Assert.Equal(Forbidden, await RevocationLab.AskAsync(client));
        await host.CountsAsync(CertificateReason.Untrusted, "tls");
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Accepts_a_device_that_sends_the_authorities_above_it(string version)
    {
        using var batch = lab.Tls.Devices.CreateIntermediate("Batch 7");
        using var device = batch.IssueClient("001122-HGW-S1");
        var files = lab.Tls.WritePem(device, "device");
        var chain = lab.Tls.Path("chain.pem");
        await File.WriteAllTextAsync(chain, batch.Certificate.ExportCertificatePem());
        await using var host = await ListenerHost.StartAsync(lab.Tls.Listener() with { AllowTlsResume = true });
        var request = RawClient.Post("x", headers: "Connection: close\r\n");
        string[] common = [version, "-cert", files.Path, "-key", files.KeyPath];
        var session = lab.Tls.Path("session");

        var alone = await OpenSsl.ClientAsync(host.Device, request, common);
        Assert.DoesNotContain("HTTP/1.1 ", alone, StringComparison.Ordinal);
        Assert.Contains(Ok, await OpenSsl.ClientAsync(host.Device, request, [.. common, "-cert_chain", chain, "-sess_out", session]), StringComparison.Ordinal);

        // A resumed session brings back the device's certificate alone: its path is known.
        Assert.Contains(Ok, await OpenSsl.ClientAsync(host.Device, request, [.. common, "-sess_in", session]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builds_the_path_of_a_certificate_once()
    {
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Ok, await RevocationLab.AskAsync(host, device));
        }

        Assert.Contains("cwmpshield_certificate_validations_total{listener=\"tls\",path=\"built\"} 1\n", host.Metrics(), StringComparison.Ordinal);
        Assert.Contains("cwmpshield_certificate_validations_total{listener=\"tls\",path=\"known\"} 2\n", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_every_device_where_no_source_is_configured()
    {
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Tls.Listener());
        Assert.Equal(Ok, await RevocationLab.AskAsync(host, device));
    }
}
