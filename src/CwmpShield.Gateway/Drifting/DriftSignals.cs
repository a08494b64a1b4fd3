using System.Diagnostics.Metrics;
using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Drifting;

/// <summary>Tells of drift: in the ledger, in metrics without a device, and in the log when it cannot be told.</summary>
internal sealed class DriftSignals
{
    /// <summary>Records of one session; what is found beyond them is counted in one more.</summary>
    private const int MaxRecords = 32;

    private readonly Counter<long> found;
    private readonly Counter<long> cleared;
    private readonly Counter<long> missed;
    private readonly Ledger ledger;
    private readonly OrderRecords records;
    private readonly ILogger<DriftSignals> log;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public DriftSignals(ShieldMetrics metrics, Ledger ledger, OrderRecords records, ILogger<DriftSignals> log)
    {
        (this.ledger, this.records, this.log) = (ledger, records, log);
        found = metrics.Meter.CreateCounter<long>("cwmpshield.drift", description: "Devices' reports that differ from what was ordered, by kind.");
        cleared = metrics.Meter.CreateCounter<long>("cwmpshield.drift.cleared", description: "Drifts that are over: the device fits again, or was ordered anew.");
        missed = metrics.Meter.CreateCounter<long>("cwmpshield.drift.missed", description: "Reports and answers that could not be held against orders, because the store could not be asked or written.");
    }

    /// <summary>The store could not be asked or written.</summary>
    public void Missed(DeviceSession session, Exception error)
    {
        missed.Add(1);
        log.DriftMissed(session.Device.Device.ToString(), error);
    }

    /// <summary>A device differs, now or in another way than before; for a reset the expectation is the last order.</summary>
    public void Found(DeviceSession session, DriftMemory memory, string message, Expectation expected)
    {
        found.Add(1, new KeyValuePair<string, object?>("kind", expected.Drift));
        Record(session, memory, message, expected, DriftAction.Found, expected.Drift);
    }

    /// <summary>A drift is over.</summary>
    /// <param name="session">The session.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="message">The message that ended it.</param>
    /// <param name="was">The expectation with its drift.</param>
    /// <param name="action">A word of <see cref="DriftAction"/>.</param>
    public void Ended(DeviceSession session, DriftMemory memory, string message, Expectation was, string action)
    {
        cleared.Add(1, new KeyValuePair<string, object?>("kind", was.Drift));
        Record(session, memory, message, was.Fitting(), action, was.Drift);
    }

    private void Record(DeviceSession session, DriftMemory memory, string message, Expectation expected, string action, string kind)
    {
        if (++memory.Records > MaxRecords)
        {
            return;
        }

        var observed = expected.ObservedMac.Length > 0 ? new[] { new AuditParameter("observed", expected.ObservedShown, expected.ObservedMac) } : [];
        var ordered = expected.Mac.Length > 0 ? new[] { new AuditParameter("ordered", expected.Shown, expected.Mac) } : [];
        ledger.Post(records.OfSession(AuditKind.Drift, session) with
        {
            Message = message,
            Action = action,
            Reasons = [kind],
            Subject = expected.Name,
            Parameters = [.. ordered, .. observed],
            Detail = $"ordered at {expected.OrderedAt.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture)}",
        });
    }

    /// <summary>The session is over: tells how many drifts had no record of their own.</summary>
    public void Closed(DeviceSession session, DriftMemory memory)
    {
        if (memory.Records > MaxRecords)
        {
            ledger.Post(records.OfSession(AuditKind.Drift, session) with
            {
                Action = DriftAction.Found,
                Count = memory.Records - MaxRecords,
                Detail = "further differences of this session; the device's page and cwmpshield device drift show them",
            });
        }
    }
}
