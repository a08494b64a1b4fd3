using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>Counts, every quarter of an hour, the devices whose secrets are weak or shared with another device, for the metrics.</summary>
internal sealed class SecretWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private readonly SecretAudit audit;
    private readonly TimeProvider time;
    private (long Weak, long Reused)? counted;

    /// <summary>Counts in a store.</summary>
    public SecretWatch(Store store, SecretSeal seal, ShieldMetrics metrics, TimeProvider time)
    {
        this.time = time;
        audit = new SecretAudit(store, new StoredDeviceRegistry(store, seal));
        metrics.Meter.CreateObservableGauge(
            "cwmpshield.secrets.weak", () => Observe(counts => counts.Weak), description: "Devices with a password that was known to be weak when it was taken or audited.");
        metrics.Meter.CreateObservableGauge(
            "cwmpshield.secrets.reused", () => Observe(counts => counts.Reused), description: "Devices with a secret that another device has, too.");
    }

    /// <summary>Counts once; what was counted last stays where the store cannot be read.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = await audit.CountAsync(cancellationToken);
            lock (audit)
            {
                counted = now;
            }
        }
        catch (RegistryUnavailableException)
        {
            // The store's own failures are told where they stop a device.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await CountAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> Observe(Func<(long Weak, long Reused), long> value)
    {
        lock (audit)
        {
            return counted is { } counts ? [new Measurement<long>(value(counts))] : [];
        }
    }
}
