using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Writes the gateway's metrics in Prometheus text format 0.0.4 or OpenMetrics 1.0.0.</summary>
public sealed class PrometheusText : IDisposable
{
    private readonly MetricStore store;

    /// <summary>Listens from now on; what was measured before is not counted.</summary>
    /// <param name="metrics">The gateway's own instruments.</param>
    /// <param name="factory">The application's meter factory, whose Kestrel meters are exported as well; null for none.</param>
    public PrometheusText(ShieldMetrics metrics, IMeterFactory? factory = null) => store = new MetricStore(metrics.Meter, factory);

    /// <summary>Writes all series as they are now.</summary>
    public void Write(PrometheusFormat format, IBufferWriter<byte> output)
    {
        var open = format == PrometheusFormat.OpenMetrics;
        store.Scrape(family => WriteFamily(family, open, output));
        if (open)
        {
            Put(output, "# EOF\n");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private static void WriteFamily(MetricFamily family, bool open, IBufferWriter<byte> output)
    {
        var sample = family.Kind == MetricKind.Counter ? family.Name + "_total" : family.Name;
        // OpenMetrics names a counter without its suffix, the older format with it.
        var head = open ? family.Name : sample;
        var type = family.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        Put(output, $"# HELP {head} {Escape(family.Help)}\n# TYPE {head} {type}\n");
        foreach (var series in family.Series)
        {
            if (family.Kind == MetricKind.Histogram)
            {
                WriteHistogram(family.Name, series, open, output);
            }
            else
            {
                // Only OpenMetrics has exemplars: the exchange that was counted last.
                var exemplar = open && series.Trace is { } trace ? $" # {{trace_id=\"{trace}\"}} 1" : "";
                Put(output, $"{sample}{Braces(series.Labels)} {Number(series.Value)}{exemplar}\n");
            }
        }
    }

    private static void WriteHistogram(string name, MetricSeries series, bool open, IBufferWriter<byte> output)
    {
        var labels = series.Labels.Length == 0 ? "" : series.Labels + ",";
        var count = 0L;
        for (var i = 0; i <= series.Bounds.Count; i++)
        {
            count += series.Bucket(i);
            var bound = i == series.Bounds.Count ? "+Inf" : Bound(series.Bounds[i], open);
            Put(output, $"{name}_bucket{{{labels}le=\"{bound}\"}} {count}\n");
        }

        Put(output, $"{name}_sum{Braces(series.Labels)} {Number(series.Value)}\n{name}_count{Braces(series.Labels)} {count}\n");
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    /// <summary>OpenMetrics wants whole bounds as floats too (<c>1.0</c>).</summary>
    private static string Bound(double bound, bool open) => open && bound == Math.Floor(bound) ? Number(bound) + ".0" : Number(bound);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "'", StringComparison.Ordinal);

    private static void Put(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
