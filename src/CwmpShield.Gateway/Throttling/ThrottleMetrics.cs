using System.Diagnostics.Metrics;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Throttling;

/// <summary>Instruments of throttling and of impersonation signals. No address, no name: who it was is in the event.</summary>
internal sealed class ThrottleMetrics
{
    private static readonly double[] Serials = [1, 2, 3, 5, 8, 13, 21, 34, 64];

    private readonly Counter<long> refusals;
    private readonly Counter<long> delays;
    private readonly Counter<long> signals;
    private readonly Histogram<double> serials;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public ThrottleMetrics(ShieldMetrics metrics, PartyLimits limits, ImpersonationWatch watch)
    {
        var meter = metrics.Meter;
        refusals = meter.CreateCounter<long>(
            "cwmpshield.throttle.refusals", description: "Requests that had to wait by listener and reason; verdict \"observed\" where the mode only counts.");
        delays = meter.CreateCounter<long>("cwmpshield.throttle.delays", description: "Log-ins that were judged in their turn because somebody guesses behind the same address.");
        signals = meter.CreateCounter<long>("cwmpshield.impersonation.signals", description: "Signals raised, by signal and by whom they stand against.");
        serials = meter.CreateHistogram(
            "cwmpshield.source.serials",
            description: "Different serial numbers that whoever has just used an unproven one has used within the life of signals.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Serials });
        meter.CreateObservableGauge("cwmpshield.throttle.entries", () => Entries(limits.Usage, watch.Usage), description: "Places in use of the tables of throttling and signals.");
        meter.CreateObservableGauge("cwmpshield.throttle.capacity", () => limits.Usage.Capacity, description: "Places of each table of throttling.");
    }

    /// <summary>Somebody was told to come later, or would have been.</summary>
    public void Refused(string listener, string reason, bool isObserved) =>
        refusals.Add(1, new("listener", listener), new("reason", reason), new("verdict", isObserved ? "observed" : "refused"));

    /// <summary>A log-in waits for its turn.</summary>
    public void Delayed(string listener) => delays.Add(1, new KeyValuePair<string, object?>("listener", listener));

    /// <summary>A signal was raised.</summary>
    public void Raised(string signal, bool isProven) => signals.Add(1, new("signal", signal), new("against", isProven ? "device" : "address"));

    /// <summary>Somebody has used <paramref name="count"/> different serial numbers that he did not prove.</summary>
    public void Claimed(int count) => serials.Record(count);

    private static Measurement<int>[] Entries((int Strangers, int Proven, int Familiar, int Capacity) limits, (int Strangers, int Devices) watch) =>
    [
        Place("addresses", limits.Strangers), Place("devices", limits.Proven), Place("familiar", limits.Familiar),
        Place("suspect-addresses", watch.Strangers), Place("device-trails", watch.Devices),
    ];

    private static Measurement<int> Place(string table, int used) => new(used, new KeyValuePair<string, object?>("table", table));
}
