using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>A wall clock that is set while sessions are in progress.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(-4)]
    public async Task Goes_on_with_its_work_when_the_clock_is_set_in_the_middle_of_a_session(int minutes)
    {
        var clock = new SteppedClock();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        clock.Step = TimeSpan.FromMinutes(minutes);

        // Forwards the session may have come to its end by the clock; the device is told so in its protocol, and begins anew.
        var order = await device.EmptyAsync();
        Assert.True(order.Method == "Reboot" || (minutes > 0 && order.Status is 400 or 503), $"{order.Status} {order.Method}");
        await Listening.ListenerHost.EventuallyAsync(
            async () =>
            {
                await device.ReconnectAsync();
                return (await device.PostAsync(Soap.Inform("1"))).Status == 200;
            },
            "a new session");
        await lab.CountsAsync("cwmpshield_sessions_started_total", "unique-certificate");
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }
}
