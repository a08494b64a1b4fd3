using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Mirror;

/// <summary>Instruments of the mirror. Artefacts in labels are the operator's own, and only while they are being fetched.</summary>
internal sealed class MirrorMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> fetches;
    private readonly Counter<long> fetchedBytes;
    private readonly Counter<long> requests;
    private readonly Counter<long> servedBytes;
    private readonly Counter<long> evictions;
    private readonly Counter<long> orders;
    private readonly UpDownCounter<long> transfers;
    private readonly ConcurrentDictionary<string, (long Size, Func<long> Done)> running = new(StringComparer.Ordinal);

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public MirrorMetrics(ShieldMetrics metrics)
    {
        meter = metrics.Meter;
        fetches = meter.CreateCounter<long>("cwmpshield.mirror.fetches", description: "Fetches of artefacts, by outcome.");
        fetchedBytes = meter.CreateCounter<long>("cwmpshield.mirror.fetched", unit: "By", description: "Bytes that were fetched from origins.");
        requests = meter.CreateCounter<long>("cwmpshield.mirror.requests", description: "Requests for files, by outcome.");
        servedBytes = meter.CreateCounter<long>("cwmpshield.mirror.served", unit: "By", description: "Bytes that were sent to devices.");
        evictions = meter.CreateCounter<long>("cwmpshield.mirror.evictions", description: "Files that made room for others.");
        orders = meter.CreateCounter<long>("cwmpshield.mirror.orders", description: "Orders for artefacts, by what the mirror did with them.");
        transfers = meter.CreateUpDownCounter<long>("cwmpshield.mirror.transfers.active", description: "Files that are being sent.");
        meter.CreateObservableGauge("cwmpshield.mirror.fetch.progress", ObserveProgress, description: "Part of each running fetch that is done, 0 to 1.");
    }

    /// <summary>Exports the bytes that files take, and those that they may.</summary>
    public void WatchShelf(Func<long> used, long capacity)
    {
        meter.CreateObservableGauge("cwmpshield.mirror.disk", used, unit: "By", description: "Bytes of the files and parts in the mirror's folder.");
        meter.CreateObservableGauge("cwmpshield.mirror.disk.capacity", () => capacity, unit: "By", description: "Bytes that they may take.");
    }

    /// <summary>A fetch has begun; <paramref name="done"/> says how far it is.</summary>
    public void FetchBegins(string artefact, long size, Func<long> done) => running[artefact] = (size, done);

    /// <summary>A fetch is over; an empty <paramref name="reason"/> is success.</summary>
    public void FetchEnds(string artefact, string reason)
    {
        running.TryRemove(artefact, out _);
        fetches.Add(1, new KeyValuePair<string, object?>("outcome", reason.Length > 0 ? reason : "verified"));
    }

    /// <summary>Bytes came from an origin.</summary>
    public void Fetched(long bytes) => fetchedBytes.Add(bytes);

    /// <summary>A file made room.</summary>
    public void Evicted() => evictions.Add(1);

    /// <summary>An order was rewritten, let go, or refused for <paramref name="outcome"/>.</summary>
    public void Ordered(string outcome) => orders.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A request was answered.</summary>
    public void Requested(string listener, string outcome) => requests.Add(1, new("listener", listener), new("outcome", outcome));

    /// <summary>A file begins to be sent.</summary>
    public void TransferBegins() => transfers.Add(1);

    /// <summary>It has been sent, or broken off.</summary>
    public void TransferEnds(long bytes)
    {
        transfers.Add(-1);
        servedBytes.Add(bytes);
    }

    private IEnumerable<Measurement<double>> ObserveProgress() => running.Select(one => new Measurement<double>(
        one.Value.Size == 0 ? 0 : (double)one.Value.Done() / one.Value.Size, new KeyValuePair<string, object?>("artefact", one.Key)));
}
