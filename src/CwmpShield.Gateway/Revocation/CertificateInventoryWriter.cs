using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Writes presented certificates into the inventory, many at a time, and counts them by expiry for the metrics.</summary>
internal sealed class CertificateInventoryWriter : BackgroundService
{
    private const int MaxBatch = 500;
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);
    private readonly CertificateSightings sightings;
    private readonly CertificateInventory inventory;
    private readonly TimeProvider time;
    private readonly ILogger<CertificateInventoryWriter> logger;
    private volatile IReadOnlyList<(string Span, long Count)> counts = [];
    private long? countedAt;

    /// <summary>Writes into <paramref name="store"/>.</summary>
    public CertificateInventoryWriter(
        CertificateSightings sightings, Store store, ShieldMetrics metrics, TimeProvider time, ILogger<CertificateInventoryWriter> logger)
    {
        (this.sightings, this.time, this.logger) = (sightings, time, logger);
        inventory = new CertificateInventory(store);
        metrics.Meter.CreateObservableGauge(
            "cwmpshield.device.certificates", Observe, description: "Certificates that devices presented within 90 days, by the time until they expire.");
    }

    /// <summary>Writes what waits, and counts when that is due.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        var batch = new List<CertificateSighting>();
        while (batch.Count < MaxBatch && sightings.Waiting.TryRead(out var seen))
        {
            batch.Add(seen);
        }

        try
        {
            if (batch.Count > 0)
            {
                await inventory.RecordAsync(batch, cancellationToken);
            }

            if (countedAt is null || time.GetElapsedTime(countedAt.Value) >= CountInterval)
            {
                countedAt = time.GetTimestamp();
                var now = time.GetUtcNow();
                counts = await inventory.CountByExpiryAsync(now, now - Recent, cancellationToken);
            }
        }
        catch (RegistryUnavailableException broken)
        {
            // What is lost here is seen again within the hour.
            ShieldLog.InventoryFailed(logger, broken.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await PassAsync(stoppingToken);
        }
    }

    private IEnumerable<Measurement<long>> Observe() =>
        counts.Select(one => new Measurement<long>(one.Count, new KeyValuePair<string, object?>("expires", one.Span)));
}
