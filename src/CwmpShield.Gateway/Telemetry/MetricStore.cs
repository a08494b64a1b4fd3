using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Listens to the exported instruments and keeps their series.</summary>
internal sealed class MetricStore : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly Lock scrape = new();

    /// <summary>Starts to listen to <paramref name="own"/>, and to what <see cref="ExportedInstruments"/> names.</summary>
    public MetricStore(Meter own, IMeterFactory? factory)
    {
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (ExportedInstruments.Contains(instrument, own, factory))
            {
                var family = new MetricFamily(instrument);
                all.EnableMeasurementEvents(instrument, families.GetOrAdd(family.Name, family));
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.Start();
    }

    /// <summary>Asks the observed instruments and gives all families in the order of their names to <paramref name="write"/>.</summary>
    public void Scrape(Action<MetricFamily> write)
    {
        lock (scrape)
        {
            foreach (var family in families.Values.Where(family => family.IsObserved))
            {
                family.Clear();
            }

            listener.RecordObservableInstruments();
            foreach (var family in families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                write(family);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
