using System.Diagnostics.Metrics;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Instruments of the ledger.</summary>
internal sealed class LedgerMetrics
{
    private static readonly double[] CommitSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private readonly Meter meter;
    private readonly Counter<long> records;
    private readonly Counter<long> lost;
    private readonly Histogram<double> commit;
    private double checkpoint;
    private long broken;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public LedgerMetrics(ShieldMetrics metrics)
    {
        meter = metrics.Meter;
        records = meter.CreateCounter<long>("cwmpshield.ledger.records", description: "Records written to the ledger, by kind.");
        lost = meter.CreateCounter<long>("cwmpshield.ledger.lost", description: "Records that could not be kept until they could be written.");
        commit = meter.CreateHistogram(
            "cwmpshield.ledger.commit",
            unit: "s",
            description: "Time until a group of records was durable.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitSeconds });
        meter.CreateObservableGauge("cwmpshield.ledger.checkpoint.timestamp", () => Volatile.Read(ref checkpoint), unit: "s", description: "When the last checkpoint was signed, in Unix time.");
        meter.CreateObservableGauge(
            "cwmpshield.ledger.verify.failures", () => Volatile.Read(ref broken), description: "Faults of this node's chains that were found when they were written or signed; 0 unless they were tampered with.");
    }

    /// <summary>Exports whether the ledger can be written, and how many records wait.</summary>
    public void Watch(Func<bool> isUp, Func<long> waiting)
    {
        meter.CreateObservableGauge("cwmpshield.ledger.up", () => isUp() ? 1 : 0, description: "Whether the ledger can be written; while it can not, dangerous orders are refused.");
        meter.CreateObservableGauge("cwmpshield.ledger.queue", waiting, description: "Records that wait to be written.");
    }

    /// <summary>Records were made durable.</summary>
    public void Written(IReadOnlyList<LedgerRow> rows, TimeSpan elapsed)
    {
        foreach (var row in rows)
        {
            records.Add(1, new KeyValuePair<string, object?>("kind", AuditKindName.Of(row.Record.Kind)));
        }

        commit.Record(elapsed.TotalSeconds);
    }

    /// <summary>Records were not kept.</summary>
    public void Lost(long count) => lost.Add(count);

    /// <summary>A checkpoint was signed.</summary>
    public void Signed(DateTimeOffset at) => Volatile.Write(ref checkpoint, at.ToUnixTimeMilliseconds() / 1000.0);

    /// <summary>The chain was found broken.</summary>
    public void Broken() => Interlocked.Increment(ref broken);
}
