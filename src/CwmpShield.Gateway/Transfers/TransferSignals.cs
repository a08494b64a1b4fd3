using System.Diagnostics.Metrics;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Transfers;

/// <summary>What becomes of transfers, as metrics, log and events of the decision feed. No device and no value is in a label.</summary>
internal sealed class TransferSignals
{
    private readonly Counter<long> outcomes;
    private readonly Counter<long> signals;
    private readonly DecisionFeed feed;
    private readonly TimeProvider time;
    private readonly ILogger<TransferSignals> log;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public TransferSignals(ShieldMetrics metrics, DecisionFeed feed, TimeProvider time, ILogger<TransferSignals> log)
    {
        (this.feed, this.time, this.log) = (feed, time, log);
        outcomes = metrics.Meter.CreateCounter<long>("cwmpshield.transfers", description: "Transfers that were ordered, by outcome.");
        signals = metrics.Meter.CreateCounter<long>("cwmpshield.transfer.signals", description: "What an operator should look at: unordered transfers, unexpected versions, halted rollouts.");
    }

    /// <summary>A transfer has come to an outcome.</summary>
    public void Ended(TransferStatus status) => outcomes.Add(1, new KeyValuePair<string, object?>("outcome", TransferRows.Word(status)));

    /// <summary>An order was let go in a way that is to be known: rewritten, or to a host whose bytes nobody verifies.</summary>
    public void Noted(DeviceSession session, CwmpMessage order, string reason) =>
        Publish(session.Device.Device, session.Strength, order.Direction, order.Name, reason);

    /// <summary>Something that an operator should look at.</summary>
    public void Raise(DeviceId device, IdentityStrength strength, string message, string reason, string artefact = "")
    {
        signals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        log.Signalled(reason, device.ToString(), artefact);
        Publish(device, strength, Direction.CpeToAcs, message, reason);
    }

    private void Publish(DeviceId device, IdentityStrength strength, Direction direction, string message, string reason)
    {
        if (feed.IsWatched)
        {
            feed.Publish(new DecisionEvent
            {
                At = time.GetUtcNow(),
                Device = device,
                Strength = strength,
                Direction = direction,
                Message = message,
                Decision = new Decision { Verdict = Verdict.Observe, Reasons = [reason] },
            });
        }
    }
}
