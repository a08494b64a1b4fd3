using CwmpShield.Gateway.Forwarding;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Ends sessions whose device has gone silent, and all of them when the gateway stops.</summary>
internal sealed class SessionSweep(SessionTable table, SessionEnding ending, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var open = table.All.ToList();
        foreach (var session in open)
        {
            ending.Request(session, SessionOutcome.Shutdown);
        }

        await Task.WhenAny(Task.WhenAll(open.Select(session => session.Closed)), Task.Delay(Farewell, time, cancellationToken));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            foreach (var session in table.All)
            {
                ending.Expire(session, now);
            }
        }
    }
}
