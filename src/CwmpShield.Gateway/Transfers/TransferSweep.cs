using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Transfers;

/// <summary>Looks every minute for transfers that nobody was heard of in time, and forgets old outcomes.</summary>
internal sealed class TransferSweep(TransferLedger ledger, TransferOutcomes outcomes, TimeProvider time, ILogger<TransferSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private const int MaxRounds = 50;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(180);

    /// <summary>Looks once; for a while, where there is much.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var overdue = await ledger.OverdueAsync(time.GetUtcNow(), cancellationToken);
            foreach (var record in overdue)
            {
                await outcomes.OverdueAsync(record);
            }

            var now = time.GetUtcNow();
            if (await ledger.ForgetAsync(now - Retention, now, cancellationToken) == 0 && overdue.Count == 0)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (RegistryUnavailableException error)
            {
                log.SweepFailed(error);
            }
        }
    }
}
