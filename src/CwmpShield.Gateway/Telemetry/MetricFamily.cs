using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using CwmpShield.Gateway.Telemetry.Catalogue;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>One instrument's series. Their number is bounded: what comes later is counted as <c>other</c>.</summary>
internal sealed class MetricFamily
{
    /// <summary>Series of one instrument.</summary>
    public const int MaxSeries = 1000;

    /// <summary>Buckets in seconds where the instrument gives no advice.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly double[] bounds;
    private readonly bool replaces;
    private readonly bool notesExchanges;
    private readonly IReadOnlyList<LabelBound>? declared;

    /// <summary>The family of <paramref name="instrument"/>.</summary>
    public MetricFamily(Instrument instrument)
    {
        Name = PrometheusName.Of(instrument);
        Help = instrument.Description ?? instrument.Name;
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        IsObserved = instrument.IsObservable;
        replaces = IsObserved || type == typeof(Gauge<>);
        bounds = Kind != MetricKind.Histogram ? []
            : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? Seconds;
        if (string.Equals(instrument.Meter.Name, ShieldMetrics.MeterName, StringComparison.Ordinal))
        {
            declared = MetricCatalogue.LabelsOf(instrument.Name);
            notesExchanges = MetricCatalogue.HasExemplars(instrument.Name);
            BeginAtZero(instrument.Name);
        }
    }

    /// <summary>Name without the suffixes of its samples.</summary>
    public string Name { get; }

    /// <summary>One line of description.</summary>
    public string Help { get; }

    /// <summary>Counter, gauge or histogram.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether it is asked at every scrape.</summary>
    public bool IsObserved { get; }

    /// <summary>Its series, in the order of their labels.</summary>
    public IEnumerable<MetricSeries> Series => series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal);

    /// <summary>Forgets all series: an observed instrument reports those that still are.</summary>
    public void Clear() => series.Clear();

    /// <summary>Takes one measurement.</summary>
    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var one = Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            one.Observe(measurement);
        }
        else if (replaces)
        {
            one.Set(measurement);
        }
        else
        {
            one.Add(measurement);
            if (notesExchanges)
            {
                one.Note(ExchangeTrace.Current);
            }
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Span<char> buffer = stackalloc char[MetricLabels.MaxLength];
        if (MetricLabels.TryRender(tags, buffer, out var length))
        {
            var labels = buffer[..length];
            if (series.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(labels, out var known))
            {
                return known;
            }

            if (Allows(tags) && series.Count < MaxSeries)
            {
                return Get(labels.ToString());
            }
        }

        return Get(MetricLabels.Other(tags));
    }

    /// <summary>Whether every tag is a label that the catalogue knows, for an instrument that is in it, and says what it may; it is asked once for each series.</summary>
    private bool Allows(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (declared is null)
        {
            return true;
        }

        var isAllowed = tags.Length == declared.Count;
        for (var i = 0; isAllowed && i < tags.Length; i++)
        {
            isAllowed = string.Equals(tags[i].Key, declared[i].Name, StringComparison.Ordinal)
                && declared[i].Allows(Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? "");
        }

        return isAllowed;
    }

    private void BeginAtZero(string instrument)
    {
        if (Kind != MetricKind.Counter || IsObserved || declared is null)
        {
            return;
        }

        foreach (var row in MetricCatalogue.ZeroesOf(instrument))
        {
            Find(row.Select((word, i) => new KeyValuePair<string, object?>(declared![i].Name, word)).ToArray());
        }
    }

    private MetricSeries Get(string labels) =>
        series.GetOrAdd(labels, static (name, bounds) => new MetricSeries(name, bounds), bounds);
}

/// <summary>What a family's numbers mean.</summary>
internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>Counts in buckets.</summary>
    Histogram,
}
