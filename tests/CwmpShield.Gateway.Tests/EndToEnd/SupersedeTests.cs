using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>A device that informs anew while it has a session: devices reboot in the middle of one.</summary>
public sealed class SupersedeTests
{
    [Fact]
    public async Task Ends_the_old_session_at_the_ACS_before_the_new_one_begins()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("Reboot", (await device.EmptyAsync()).Method);

        await using var rebooted = await lab.DeviceAsync();
        await rebooted.InformAsync("5");
        Assert.Equal(204, (await rebooted.EmptyAsync()).Status);

        Assert.Equal("Inform - 9002 Inform -", server.Words);
        Assert.Equal(2, server.Connections);
        await lab.CountsAsync("cwmpshield_sessions_total", "superseded");
    }

    [Fact]
    public async Task Supersedes_on_the_same_connection_too()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync("1");
        await device.InformAsync("2");
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform - Inform -", server.Words);
    }

    [Fact]
    public async Task Gives_503_while_the_ACS_has_not_let_the_old_session_go()
    {
        using var release = new ManualResetEventSlim();
        await using var server = new ScriptedAcs(request =>
        {
            switch (request.Word)
            {
                case "Inform":
                    return AcsAnswer.Soap(Soap.InformResponse(request.Id));
                case "-":
                    return AcsAnswer.Soap(Soap.Reboot("o1"));
                default:
                    release.Wait(TimeSpan.FromSeconds(20));
                    return AcsAnswer.Done;
            }
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        await using var rebooted = await lab.DeviceAsync();
        var early = await rebooted.PostAsync(Soap.Inform("1", "5"));
        Assert.Equal((503, "30", ""), (early.Status, early.Header("Retry-After"), early.Body));
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "session-ending");
        release.Set();
        await lab.QuietAsync();

        await using var later = await lab.DeviceAsync();
        await later.InformAsync("6");
    }

    [Fact]
    public async Task Gives_503_with_Retry_After_while_the_ACS_says_that_the_device_is_in_session()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("400 Bad Request", "CPE already in session", "Connection: close\r\n") with { Closes = true });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, "30", ""), (refused.Status, refused.Header("Retry-After"), refused.Body));
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "acs-status");
    }

    [Fact]
    public async Task Refuses_an_Inform_that_proves_less_than_the_session_did()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners =
            [
                options.Listeners[0],
                options.Listeners[0] with { Name = "weak", Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } },
            ],
        });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        await using var weak = await ScriptedDevice.ConnectAsync(lab.Door("weak"), lab.CertificateOf("1"), "1");
        Assert.Equal(403, (await weak.PostAsync(Soap.Inform("1", "5"))).Status);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "identity-weaker");

        Assert.Equal(204, (await device.EmptyAsync()).Status);
        Assert.Equal("Inform -", server.Words);
    }

    [Fact]
    public async Task Ends_the_sessions_at_the_ACS_when_the_gateway_stops()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        var lab = await Lab.StartAsync(server, options => options with { Drain = new DrainOptions { SessionTime = TimeSpan.Zero } });
        await using (var device = await lab.DeviceAsync())
        {
            await device.InformAsync();
            await device.EmptyAsync();
        }

        await lab.StopAsync();
        await lab.DisposeAsync();

        Assert.Equal("Inform - 9002", server.Words);
        Assert.False(acs.HasOpenSession);
    }

    [Fact]
    public async Task Ends_the_session_of_a_device_that_went_silent()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Limits = new() { SessionIdleTime = TimeSpan.FromMilliseconds(50) } }],
        });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        await lab.QuietAsync();

        Assert.Equal("Inform -", server.Words);
        Assert.False(acs.HasOpenSession);
        await lab.CountsAsync("cwmpshield_sessions_total", "timeout");
        await ListenerHost.EventuallyAsync(() => lab.Metrics().Contains("cwmpshield_sessions_active 0", StringComparison.Ordinal), "no session active");
    }
}
