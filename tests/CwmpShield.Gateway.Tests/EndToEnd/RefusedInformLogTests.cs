using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Who is refused, and would be, can be read in the log: a metric has no names.</summary>
public sealed class RefusedInformLogTests : IDisposable
{
    private readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Observe_mode_logs_whom_enforce_would_refuse()
    {
        await using var server = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(
            server,
            options => options with { Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }] },
            Listen);
        await using var device = await ScriptedDevice.ConnectAsync(lab.Door(), lab.CertificateOf("9"), "9");

        await device.InformAsync();

        Assert.Contains(log.All, line => line.Contains("would refuse 00D09E-HGW-9: device-unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_who_informed_as_another()
    {
        await using var server = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(server, configure: Listen);
        await using var device = await lab.DeviceAsync();

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Contains(log.All, line => line.EndsWith("refused an Inform of 00D09E-HGW-2, proven as 00D09E-HGW-1: device-id-mismatch", StringComparison.Ordinal));
    }

    private void Listen(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddProvider(log);
    }
}
