using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Follows the store's word on the glass: it is broken only after that is in the ledger, and mended at once.</summary>
internal sealed class BreakGlassWatch(BreakGlass glass, Store store, Ledger ledger, TimeProvider time, ILogger<BreakGlassWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception error) when (error is RegistryUnavailableException or LedgerUnavailableException)
            {
                // Nobody knows whether it is still wanted: what is in force ends at its time, and nothing new begins.
                log.GlassUnknown(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        var wanted = await BreakGlassOrder.FindAsync(store, cancellationToken);
        if (glass.Order is { } current && (current != wanted || !glass.IsBroken))
        {
            var isOver = wanted is not null && current == wanted;
            glass.Mend();
            ledger.Post(Record(current, isOver ? "expired" : "mended"));
            log.GlassMended();
            if (isOver)
            {
                await BreakGlassOrder.PutAsync(store, null, cancellationToken);
            }
        }

        if (glass.Order is null && wanted is not null && wanted.IsInForce(time.GetUtcNow()))
        {
            await ledger.WriteAsync(Record(wanted, "broken"));
            glass.Break(wanted);
            log.GlassBroken(wanted.Until, wanted.Actor, wanted.Reason);
        }
    }

    private AuditRecord Record(BreakGlassOrder order, string action) => new()
    {
        At = time.GetUtcNow(),
        Kind = AuditKind.BreakGlass,
        Actor = order.Actor,
        Action = action,
        Subject = order.Until.UtcDateTime.ToString(AuditJson.TimeFormat, System.Globalization.CultureInfo.InvariantCulture),
        Detail = order.Reason,
    };
}
