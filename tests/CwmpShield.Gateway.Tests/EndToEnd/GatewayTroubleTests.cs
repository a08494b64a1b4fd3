using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Errors of the gateway's own, and bounds of the process: never a page, never an empty 200.</summary>
public sealed class GatewayTroubleTests
{
    [Theory]
    [InlineData(Direction.CpeToAcs)]
    [InlineData(Direction.AcsToCpe)]
    public async Task Gives_503_without_a_body_for_an_error_of_its_own(Direction fails)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(
            server,
            configure: builder => builder.Services.AddSingleton<InspectMessage>((in RawMessage raw, InspectionContext context) =>
                raw.Direction == fails ? throw new InvalidOperationException("a bug") : TestJudge.Inspect(raw, context)));
        await using var device = await lab.DeviceAsync();

        var answer = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, ""), (answer.Status, answer.Body));
        Assert.Equal(fails == Direction.CpeToAcs ? 0 : 1, server.Connections);
        await lab.CountsAsync(fails == Direction.CpeToAcs ? "cwmpshield_requests_rejected_total" : "cwmpshield_upstream_errors_total", "gateway-error");
        await lab.QuietAsync();
    }

    [Fact]
    public async Task Gives_503_where_the_table_of_sessions_is_full()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Limits = new ListenerLimits { MaxConnections = 2 } }, options.Listeners[0] with { Name = "other", Limits = new ListenerLimits { MaxConnections = -1 } }],
        });
        await using var device = await lab.DeviceAsync("1");
        await device.InformAsync();
        await using var late = await lab.DeviceAsync("2");

        var refused = await late.PostAsync(Soap.Inform("2"));

        Assert.Equal((503, ""), (refused.Status, refused.Body));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 30, 45);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "sessions-full");
        Assert.Equal(204, (await device.EmptyAsync()).Status);
    }

    [Fact]
    public async Task Refuses_another_device_s_Inform_on_a_connection_whose_session_goes_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        await using var device = await lab.DeviceAsync("1");
        await device.InformAsync();

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Equal("Inform", server.Words);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "device-changed");
    }
}
