using System.Collections.Frozen;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Every order's records: its intent, durable before it goes to the device where it changes anything; what became of it; and every
/// refusal, durable before the ACS hears of it.
/// </summary>
internal sealed class OrderAudit(Ledger ledger, OrderRecords records, ILogger<OrderAudit> log) : SessionParticipant
{
    /// <summary>Orders that only ask. Everything else, and everything that is not known, may change the device.</summary>
    private static readonly FrozenSet<RpcKind> Reads = new[]
    {
        RpcKind.GetRPCMethods, RpcKind.GetParameterNames, RpcKind.GetParameterValues, RpcKind.GetParameterAttributes, RpcKind.GetQueuedTransfers,
        RpcKind.GetAllQueuedTransfers, RpcKind.GetOptions,
    }.ToFrozenSet();

    /// <summary>Whether an order may go only when its record is durable.</summary>
    public static bool IsDangerous(CwmpMessage order) => !Reads.Contains(order.Rpc);

    /// <summary>Writes down that an order is about to go.</summary>
    /// <param name="session">The session.</param>
    /// <param name="order">The order as the ACS gave it.</param>
    /// <param name="settled">The order as it goes.</param>
    /// <param name="decision">The judgement that lets it go.</param>
    /// <returns>False where it may not go: its record cannot be written.</returns>
    public async ValueTask<bool> IntentAsync(DeviceSession session, CwmpMessage order, CwmpMessage settled, Decision decision)
    {
        await Close(session, AuditReason.Unanswered, 0);
        var open = session.Notes.Of<OpenIntent>();
        open.Order = order;
        open.Sequence = 0;
        var record = records.OfOrder(AuditKind.OrderIntent, session, order, decision);
        if (!IsDangerous(order))
        {
            ledger.Post(record);
            return true;
        }

        try
        {
            open.Sequence = await ledger.WriteAsync(record);
        }
        catch (LedgerUnavailableException error)
        {
            open.Order = null;
            log.OrderUnrecorded(session.Device.Device.ToString(), error);
            return false;
        }

        if (IsRewritten(order, settled))
        {
            ledger.Post(record with { Kind = AuditKind.MirrorRewrite, Intent = open.Sequence, Parameters = [], Detail = "delivered by the mirror" });
        }

        return true;
    }

    /// <summary>Writes a refusal down; where it cannot be, the order is refused all the same.</summary>
    public async ValueTask RefusedAsync(DeviceSession session, CwmpMessage order, Decision decision)
    {
        var kind = decision.Verdict == Verdict.Hold ? AuditKind.OrderHeld : AuditKind.OrderRefused;
        var record = records.OfOrder(kind, session, order, decision);
        if (!ledger.IsUp)
        {
            ledger.Post(record);
            return;
        }

        try
        {
            await ledger.WriteAsync(record);
        }
        catch (LedgerUnavailableException error)
        {
            log.OrderUnrecorded(session.Device.Device.ToString(), error);
            ledger.Post(record);
        }
    }

    /// <summary>
    /// Writes down that a message of the ACS was not passed on: an order as a refusal, before anything else happens, an answer soon.
    /// </summary>
    /// <param name="session">The session, which this ends.</param>
    /// <param name="message">What the ACS said.</param>
    /// <param name="decision">What the rules said; it may have allowed it.</param>
    /// <param name="violation">What else stood against it (<see cref="Core.Sessions.SessionReason"/>), empty for nothing.</param>
    public async ValueTask WithheldAsync(DeviceSession session, CwmpMessage message, Decision decision, string violation)
    {
        var verdict = decision.Forwards ? decision with { Verdict = Verdict.Deny } : decision;
        verdict = violation.Length > 0 ? verdict with { Reasons = [violation, .. verdict.Reasons] } : verdict;
        if (message.IsOrder)
        {
            await RefusedAsync(session, message, verdict);
        }
        else
        {
            ledger.Post(records.OfOrder(AuditKind.MessageRefused, session, message, verdict));
        }
    }

    /// <summary>Writes down that the ACS sends the device elsewhere.</summary>
    /// <returns>False where it cannot be: then the device must not go there.</returns>
    public async ValueTask<bool> RedirectAsync(DeviceSession session, string target)
    {
        try
        {
            await ledger.WriteAsync(records.OfRedirect(AuditKind.OrderIntent, session, target, Verdict.Forward));
            return true;
        }
        catch (LedgerUnavailableException error)
        {
            log.OrderUnrecorded(session.Device.Device.ToString(), error);
            return false;
        }
    }

    /// <summary>Writes down that the ACS wanted to send the device elsewhere, and may not.</summary>
    public void RedirectRefused(DeviceSession session, string target) =>
        ledger.Post(records.OfRedirect(AuditKind.OrderRefused, session, target, Verdict.Deny) with { Reasons = [ForwardingReason.AcsRedirectRefused] });

    /// <summary>Writes down that the ACS sent something that cannot be read.</summary>
    public void Unreadable(DeviceSession session, Decision decision) => ledger.Post(records.OfSession(AuditKind.OrderRefused, session) with
    {
        Verdict = VerdictName.Of(decision.Verdict),
        Reasons = decision.Reasons,
        Fault = decision.Fault?.Code ?? 0,
        RuleSet = decision.RuleSetHash,
    });

    /// <inheritdoc/>
    public override ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order) => Close(session, AuditReason.NotDelivered, 0);

    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        if (order is not null)
        {
            var isFault = message.Role == MessageRole.Fault;
            await Close(session, isFault ? AuditReason.Faulted : AuditReason.Answered, message.Fault?.Code ?? 0);
        }

        return message;
    }

    /// <inheritdoc/>
    public override ValueTask EndedAsync(DeviceSession session) => Close(session, AuditReason.Unanswered, 0);

    private ValueTask Close(DeviceSession session, string action, int fault)
    {
        if (session.Notes.Find<OpenIntent>() is { Order: { } order } open)
        {
            open.Order = null;
            ledger.Post(records.OfOutcome(session, order, action, open.Sequence, fault));
        }

        return default;
    }

    private static bool IsRewritten(CwmpMessage order, CwmpMessage settled) =>
        !ReferenceEquals(order, settled) && !order.Transfers.Select(one => one.Url).SequenceEqual(settled.Transfers.Select(one => one.Url), StringComparer.Ordinal);

    /// <summary>The order that the device has not answered yet.</summary>
    private sealed class OpenIntent
    {
        /// <summary>The order, null for none.</summary>
        public CwmpMessage? Order { get; set; }

        /// <summary>Place of its record; 0 for one that nobody waited for.</summary>
        public long Sequence { get; set; }
    }
}
