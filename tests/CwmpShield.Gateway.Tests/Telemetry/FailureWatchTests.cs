using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.Tests.Telemetry;

/// <summary>Seconds in which the gateway only watched, and in which it had to refuse.</summary>
public sealed class FailureWatchTests
{
    [Fact]
    public async Task Counts_the_seconds_in_which_a_stage_only_observes()
    {
        await using var acs = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(acs, plain => plain with { Throttle = plain.Throttle with { Mode = ThrottleMode.Observe } });
        var clock = new MovableClock();
        var watch = ActivatorUtilities.CreateInstance<FailureWatch>(lab.Services, clock);
        var before = Seconds(lab, "cwmpshield_fail_open_seconds_total{stage=\"throttle\"}");

        clock.Advance(TimeSpan.FromSeconds(300));
        await watch.PassAsync(default);

        Assert.InRange(Seconds(lab, "cwmpshield_fail_open_seconds_total{stage=\"throttle\"}") - before, 300, 320);
        Assert.Equal(0, Seconds(lab, "cwmpshield_fail_open_seconds_total{stage=\"rules\"}"));
        Assert.Equal(0, Seconds(lab, "cwmpshield_fail_open_seconds_total{stage=\"identity\"}"));
    }

    [Fact]
    public async Task Counts_the_seconds_in_which_a_check_or_the_ledger_fails()
    {
        var works = true;
        await using var acs = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(acs, configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("broken", () => works ? HealthCheckResult.Healthy() : throw new InvalidOperationException()));
        var clock = new MovableClock();
        var ledger = new Ledger(new AuditOptions(), clock);
        var watch = ActivatorUtilities.CreateInstance<FailureWatch>(lab.Services, clock, ledger);
        clock.Advance(TimeSpan.FromSeconds(100));
        await watch.PassAsync(default);
        Assert.Equal(0, Seconds(lab, "cwmpshield_fail_closed_seconds_total{check=\"broken\"}"));

        (works, ledger.IsUp) = (false, false);
        clock.Advance(TimeSpan.FromSeconds(300));
        await watch.PassAsync(default);

        Assert.InRange(Seconds(lab, "cwmpshield_fail_closed_seconds_total{check=\"broken\"}"), 300, 320);
        Assert.InRange(Seconds(lab, "cwmpshield_fail_closed_seconds_total{check=\"ledger\"}"), 300, 320);
        Assert.Equal(0, Seconds(lab, "cwmpshield_fail_closed_seconds_total{check=\"registry\"}"));
    }

    private static double Seconds(Lab lab, string series) =>
        lab.Metrics().Split('\n').FirstOrDefault(line => line.StartsWith(series, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
