using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>Instruments of delivery by syslog, by receiver.</summary>
internal sealed class SyslogMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> delivered;
    private readonly Counter<long> errors;
    private readonly Counter<long> missing;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public SyslogMetrics(ShieldMetrics metrics)
    {
        meter = metrics.Meter;
        delivered = meter.CreateCounter<long>("cwmpshield.syslog.messages", description: "Messages sent, those that were sent again among them.");
        errors = meter.CreateCounter<long>("cwmpshield.syslog.errors", description: "Attempts to reach a receiver that failed and connections that broke, by reason.");
        missing = meter.CreateCounter<long>("cwmpshield.syslog.missing", description: "Records that were removed from the store before they were delivered.");
    }

    /// <summary>Exports whether a receiver is reached and how far it is behind.</summary>
    public void Watch(IReadOnlyList<SyslogDelivery> deliveries)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<SyslogDelivery, T> value)
            where T : struct => deliveries.Select(one => new Measurement<T>(value(one), Of(one.Name)));

        meter.CreateObservableGauge("cwmpshield.syslog.up", () => Each(one => one.IsUp ? 1 : 0), description: "Whether a receiver is reached; by udp nobody knows.");
        meter.CreateObservableGauge("cwmpshield.syslog.behind.records", () => Each(one => one.BehindRecords), description: "Records of this node that are not sent yet.");
        meter.CreateObservableGauge("cwmpshield.syslog.behind", () => Each(one => one.BehindSeconds), unit: "s", description: "Age of the oldest record that is not sent yet.");
    }

    /// <summary>Messages were sent.</summary>
    public void Delivered(string receiver, int count) => delivered.Add(count, Of(receiver));

    /// <summary>An attempt failed, or a connection broke.</summary>
    public void Failed(string receiver, string reason) => errors.Add(1, Of(receiver), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Records are gone.</summary>
    public void Missing(string receiver, long count) => missing.Add(count, Of(receiver));

    private static KeyValuePair<string, object?> Of(string receiver) => new("receiver", receiver);
}
