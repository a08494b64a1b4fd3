namespace CwmpShield.Gateway.Telemetry;

/// <summary>One time series: a number, or the buckets of a histogram.</summary>
internal sealed class MetricSeries
{
    private readonly double[] bounds;
    private readonly long[] buckets;
    private double value;
    private volatile string? trace;

    /// <summary>A series with the rendered <paramref name="labels"/>; <paramref name="bounds"/> is empty but for histograms.</summary>
    public MetricSeries(string labels, double[] bounds)
    {
        (Labels, this.bounds) = (labels, bounds);
        buckets = new long[bounds.Length + 1];
    }

    /// <summary>Labels as they are written: <c>rpc="Inform",verdict="forward"</c>; empty for none.</summary>
    public string Labels { get; }

    /// <summary>The number; of a histogram the sum.</summary>
    public double Value => Volatile.Read(ref value);

    /// <summary>Upper bounds of the buckets, the last (+Inf) left out.</summary>
    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>Measurements in bucket <paramref name="index"/> alone.</summary>
    public long Bucket(int index) => Volatile.Read(ref buckets[index]);

    /// <summary>The exchange that was counted last; null where none was, or the family notes none.</summary>
    public string? Trace => trace;

    /// <summary>Notes the exchange that is being counted: the series' exemplar.</summary>
    public void Note(string exchange)
    {
        if (exchange.Length > 0)
        {
            trace = exchange;
        }
    }

    /// <summary>Adds a measurement of a counter.</summary>
    public void Add(double measurement)
    {
        double before, after;
        do
        {
            before = Volatile.Read(ref value);
            after = before + measurement;
        }
        while (Interlocked.CompareExchange(ref value, after, before) != before);
    }

    /// <summary>Takes a measurement of a gauge or of an observed counter.</summary>
    public void Set(double measurement) => Volatile.Write(ref value, measurement);

    /// <summary>Takes a measurement of a histogram.</summary>
    public void Observe(double measurement)
    {
        var index = 0;
        while (index < bounds.Length && measurement > bounds[index])
        {
            index++;
        }

        Interlocked.Increment(ref buckets[index]);
        Add(measurement);
    }
}
