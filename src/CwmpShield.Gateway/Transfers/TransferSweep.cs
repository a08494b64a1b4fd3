using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Transfers;

/// <summary>Looks every minute for transfers that nobody was heard of in time, and forgets old outcomes.</summary>
internal sealed class TransferSweep(TransferLedger ledger, TransferOutcomes outcomes, TimeProvider time, ILogger<TransferSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(180);

    /// <summary>Looks once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await ledger.OverdueAsync(time.GetUtcNow(), cancellationToken))
        {
            await outcomes.OverdueAsync(record);
        }

        await ledger.ForgetAsync(time.GetUtcNow() - Retention, cancellationToken);
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
