using System.Diagnostics.Metrics;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>
/// Counts the seconds in which the gateway only watched what it should refuse (fail open), and those in which it had to refuse what it
/// should let pass because something that it needs was not there (fail closed). A span counts as what is found at its end.
/// </summary>
internal sealed class FailureWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IServiceProvider services;
    private readonly ICollection<HealthCheckRegistration> checks;
    private readonly GatewayOptions options;
    private readonly RuleSetHolder rules;
    private readonly BreakGlass glass;
    private readonly Ledger ledger;
    private readonly TimeProvider time;
    private readonly Counter<double> open;
    private readonly Counter<double> closed;
    private long last;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public FailureWatch(
        IServiceProvider services,
        IOptions<HealthCheckServiceOptions> checks,
        GatewayOptions options,
        RuleSetHolder rules,
        BreakGlass glass,
        Ledger ledger,
        ShieldMetrics metrics,
        TimeProvider time)
    {
        (this.services, this.checks, this.options) = (services, checks.Value.Registrations, options);
        (this.rules, this.glass, this.ledger, this.time) = (rules, glass, ledger, time);
        open = metrics.Meter.CreateCounter<double>("cwmpshield.fail.open", unit: "s", description: "Time in which a stage only observed what it should refuse.");
        closed = metrics.Meter.CreateCounter<double>("cwmpshield.fail.closed", unit: "s", description: "Time in which a check of readiness failed or the ledger could not be written, so that devices or orders were refused.");
        last = time.GetTimestamp();
    }

    /// <summary>The stages that can observe instead of refuse.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["rules", "identity", "throttle"];

    /// <summary>Looks once, and counts the time since the last look.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        bool[] observing =
        [
            rules.Current.Mode == RuleMode.Observe || glass.IsBroken,
            options.Listeners.Any(listener => listener.Identity.Mode == IdentityMode.Observe),
            options.Throttle.Mode == ThrottleMode.Observe,
        ];
        for (var i = 0; i < observing.Length; i++)
        {
            open.Add(observing[i] ? elapsed : 0, new KeyValuePair<string, object?>("stage", Stages[i]));
        }

        closed.Add(ledger.IsUp ? 0 : elapsed, new KeyValuePair<string, object?>("check", "ledger"));
        foreach (var check in checks)
        {
            closed.Add(await HoldsAsync(check, cancellationToken) ? 0 : elapsed, new KeyValuePair<string, object?>("check", check.Name));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PassAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Asks the check itself: the health service would write an error into the log every time.</summary>
    private async Task<bool> HoldsAsync(HealthCheckRegistration check, CancellationToken cancellationToken)
    {
        try
        {
            var result = await check.Factory(services)
                .CheckHealthAsync(new HealthCheckContext { Registration = check }, cancellationToken)
                .WaitAsync(Patience, time, cancellationToken);
            return result.Status != HealthStatus.Unhealthy;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
