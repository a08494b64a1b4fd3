using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class ReloadTests : IDisposable
{
    private readonly TlsLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Serves_new_certificate_and_keeps_open_connections()
    {
        await using var host = await ListenerHost.StartAsync(Open());
        await using var before = await RawClient.ConnectTlsAsync(host.Device);
        var old = before.ServerCertificate.Thumbprint;
        Replace("server");
        host.Services.GetRequiredService<FilePoller>().Poll();
        await using var after = await RawClient.ConnectTlsAsync(host.Device);
        Assert.NotEqual(old, after.ServerCertificate.Thumbprint);
        Assert.StartsWith("HTTP/1.1 200 ", await before.AskAsync(RawClient.Post("x")), StringComparison.Ordinal);
        Assert.Contains("cwmpshield_reloads_total{what=\"server-certificate\",outcome=\"succeeded\"} 1", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_a_replaced_file_by_itself()
    {
        await using var host = await ListenerHost.StartAsync(Open());
        Replace("server");
        await ListenerHost.EventuallyAsync(
            () => host.Metrics().Contains("what=\"server-certificate\",outcome=\"succeeded\"", StringComparison.Ordinal), "a reload");
    }

    [Theory]
    [InlineData("server.pem", "not a certificate")]
    [InlineData("server.key", "")]
    [InlineData("server.key", null)]
    public async Task Keeps_last_good_certificate_and_counts_the_failure_once(string file, string? content)
    {
        await using var host = await ListenerHost.StartAsync(Open());
        await using var before = await RawClient.ConnectTlsAsync(host.Device);
        if (content is null)
        {
            File.Delete(lab.Path(file));
        }
        else
        {
            await File.WriteAllTextAsync(lab.Path(file), content);
        }

        var poller = host.Services.GetRequiredService<FilePoller>();
        poller.Poll();
        poller.Poll();
        await using var after = await RawClient.ConnectTlsAsync(host.Device);
        Assert.Equal(before.ServerCertificate.Thumbprint, after.ServerCertificate.Thumbprint);
        Assert.Contains("cwmpshield_reloads_total{what=\"server-certificate\",outcome=\"failed\"} 1\n", host.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_new_authority_and_forgets_the_old_one()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener());
        using var next = LabCertificateAuthority.CreateRoot("Operator devices 2");
        using var oldDevice = lab.Devices.IssueClient("001122-HGW-S1");
        using var newDevice = next.IssueClient("001122-HGW-S1");
        Assert.False(await TlsTests.AnswersAsync(host, newDevice));
        await File.WriteAllTextAsync(lab.CaPath, next.Certificate.ExportCertificatePem());
        host.Services.GetRequiredService<FilePoller>().Poll();
        Assert.True(await TlsTests.AnswersAsync(host, newDevice));
        Assert.False(await TlsTests.AnswersAsync(host, oldDevice));
    }

    private ListenerOptions Open() => lab.Listener() with { ClientCertificates = ClientCertificatePolicy.None };

    private void Replace(string name)
    {
        using var renewed = lab.Servers.IssueServer("acs.example");
        lab.WritePem(renewed, name);
    }
}
