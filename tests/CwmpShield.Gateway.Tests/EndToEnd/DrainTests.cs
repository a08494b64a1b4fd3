using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>A gateway that is told to stop: sessions in progress finish, and none begins.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Finishes_sessions_in_progress_and_tells_new_ones_to_come_later()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var inside = await lab.DeviceAsync("1");
        await inside.InformAsync();
        await using var late = await lab.DeviceAsync("2");

        var stopping = lab.StopAsync();
        await Listening.ListenerHost.EventuallyAsync(
            async () =>
            {
                var refused = await late.PostAsync(Soap.Inform("2"));
                await late.ReconnectAsync();
                return refused is { Status: 503, Body: "" } && refused.Header("Retry-After") == "30";
            },
            "the refusal of a new session");
        await inside.ReconnectAsync();
        var order = await inside.EmptyAsync();
        Assert.Equal("Reboot", order.Method);
        Assert.Equal(204, (await inside.PostAsync(Soap.RebootResponse(order.Id))).Status);

        await stopping;
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "gateway-stopping");
        Assert.Equal("Inform - RebootResponse", server.Words[^23..]);
    }

    [Fact]
    public async Task Ends_at_the_ACS_what_is_not_finished_in_time()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with { Drain = new DrainOptions { SessionTime = TimeSpan.FromMilliseconds(300) } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        await lab.StopAsync();

        Assert.Equal("Inform -", server.Words);
        Assert.False(acs.HasOpenSession);
    }

    [Fact]
    public async Task Takes_new_sessions_until_the_load_balancer_has_had_its_time()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with { Drain = new DrainOptions { ReadinessTime = TimeSpan.FromSeconds(5) } });
        await using var device = await lab.DeviceAsync();

        var stopping = lab.StopAsync();
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        await stopping;
    }
}
