using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;

namespace CwmpShield.Gateway.Transfers;

/// <summary>
/// Takes every order that moves a file from the ACS to its outcome: writes it down, has artefacts delivered by the mirror (the only
/// rewriting of an order that there is), and hears what the device says of it.
/// </summary>
internal sealed class TransferParticipant(
    FindArtefact find,
    ArtefactDelivery delivery,
    TransferLedger ledger,
    TransferOutcomes outcomes,
    TransferSignals signals,
    RuleSetHolder rules,
    GatewayOptions options,
    TimeProvider time,
    MirrorMetrics? metrics = null,
    LinkTickets? tickets = null,
    MirrorUrls? urls = null)
    : SessionParticipant
{
    /// <inheritdoc/>
    public override async ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order)
    {
        // A listener in observe mode is the cut-over of a living fleet: nobody has proven anything there, so that nothing is replaced or counted.
        var moved = Moved(order);
        if (moved.Count == 0 || session.Listener.Identity.Mode == IdentityMode.Observe)
        {
            return new OrderPassage.Goes(order);
        }

        // :: Step 1: how the device comes by each file, or why not
        var plans = new DeliveryPlan?[order.Transfers.Count];
        var answers = new ArtefactAnswer?[order.Transfers.Count];
        foreach (var index in moved)
        {
            answers[index] = order.Transfers[index].Kind == TransferKind.Upload ? null : find(session, order.Transfers[index]);
            plans[index] = await delivery.PlanAsync(session, order, index, answers[index]);
            if (plans[index] is not DeliveryPlan.Refused refused)
            {
                continue;
            }

            // Where rules only observe, nothing of this refuses either: the order goes as it came, and the reason is recorded.
            if (rules.Current.Mode != RuleMode.Observe)
            {
                metrics?.Ordered(refused.Reason);
                return OrderPassage.Refused.Because(refused.Reason);
            }

            plans[index] = new DeliveryPlan.AsOrdered(refused.Reason);
        }

        // :: Step 2: written down before it goes; the number is what the URL stands for
        var now = time.GetUtcNow();
        var records = moved.Select(index => Record(session, order, index, answers[index]?.Artefact, plans[index] is DeliveryPlan.ByMirror, now)).ToList();
        var numbers = await ledger.OpenAsync([.. records.Select((record, i) => (record, answers[moved[i]]?.Artefact?.Ring?.MaxFailurePercent ?? 100))], CancellationToken.None);
        session.Notes.Of<OpenTransfers>().Numbers = numbers;

        // :: Step 3: the mirror's URLs in place of the origin's
        var (rewritten, reason) = Rewrite(session, order, moved, plans, records, numbers);
        if (rewritten is null)
        {
            await OrderDroppedAsync(session, order);
            return OrderPassage.Refused.Because(reason);
        }

        Note(session, order, plans);
        return new OrderPassage.Goes(rewritten);
    }

    /// <inheritdoc/>
    public override async ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order)
    {
        var open = session.Notes.Of<OpenTransfers>();
        if (Moved(order).Count > 0 && open.Numbers is { Count: > 0 } numbers)
        {
            open.Numbers = [];
            await ledger.DropAsync(numbers, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        if (order is not null)
        {
            var open = session.Notes.Of<OpenTransfers>();
            if (Moved(order).Count > 0 && open.Numbers is { Count: > 0 } numbers)
            {
                open.Numbers = [];
                await outcomes.AnsweredAsync(session, numbers, message);
            }
        }
        else if (message.Rpc == RpcKind.Inform)
        {
            await outcomes.InformedAsync(session, message);
        }
        else if (message.Rpc is RpcKind.TransferComplete or RpcKind.DUStateChangeComplete && message.Role == MessageRole.Request)
        {
            await outcomes.ReportedAsync(session, message);
        }

        return message;
    }

    private static List<int> Moved(CwmpMessage order) =>
        order.IsOrder ? [.. Enumerable.Range(0, order.Transfers.Count).Where(i => order.Transfers[i].Kind != TransferKind.Uninstall)] : [];

    private TransferRecord Record(DeviceSession session, CwmpMessage order, int index, Artefact? artefact, bool isVerified, DateTimeOffset now) => new()
    {
        Device = session.Device.Device,
        Rpc = order.Name,
        CommandKey = order.CommandKey ?? "",
        Artefact = artefact?.Name ?? "",
        Sha256 = artefact?.Sha256 ?? "",
        Size = artefact?.Size ?? 0,
        Version = artefact?.Version ?? "",
        PreviousVersion = session.Device.SoftwareVersion,
        IsFirmware = artefact?.IsFirmware ?? false,
        IsVerified = isVerified,
        IsProven = session.Strength > IdentityStrength.None,
        Url = isVerified ? order.Transfers[index].Url : "",
        OrderedAt = now,
        ExpiresAt = now + Earlier(TransferTime.DelayOf(order), options.Mirror.MaxDelay) + options.Mirror.LinkMargin,
    };

    private (CwmpMessage? Order, string Reason) Rewrite(
        DeviceSession session, CwmpMessage order, List<int> moved, DeliveryPlan?[] plans, List<TransferRecord> records, IReadOnlyList<long> numbers)
    {
        if (!Array.Exists(plans, plan => plan is DeliveryPlan.ByMirror))
        {
            return (order, "");
        }

        var replacements = new TransferReplacement?[order.Transfers.Count];
        for (var i = 0; i < moved.Count; i++)
        {
            if (plans[moved[i]] is not DeliveryPlan.ByMirror)
            {
                continue;
            }

            var transfer = order.Transfers[moved[i]];
            if (tickets is null)
            {
                return (null, MirrorReason.NotMirrored);
            }

            var ticket = tickets.New(numbers[i], records[i].ExpiresAt, transfer.Username.Length > 0 || transfer.HasPassword);
            if (urls?.Of(session.Device.Device, tickets.Write(ticket), transfer.Url) is not { } url)
            {
                return (null, MirrorReason.LinkTooLong);
            }

            replacements[moved[i]] = new TransferReplacement(
                url,
                ticket.HasCredential ? LinkTickets.UserOf(ticket) : null,
                ticket.HasCredential ? tickets.PasswordOf(ticket) : null,
                transfer is { FileSize: 0, Kind: TransferKind.Download or TransferKind.ScheduleDownload } ? records[i].Size : null);
        }

        return (TransferRewrite.Apply(order, replacements), ForwardingReason.GatewayError);
    }

    private void Note(DeviceSession session, CwmpMessage order, DeliveryPlan?[] plans)
    {
        foreach (var plan in plans)
        {
            var note = plan switch
            {
                DeliveryPlan.ByMirror => MirrorReason.Mirrored,
                DeliveryPlan.AsOrdered asOrdered => asOrdered.Note,
                _ => "",
            };
            if (note.Length > 0)
            {
                metrics?.Ordered(note);
                signals.Noted(session, order, note);
            }
        }
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>What a session keeps of the order that its device has not answered yet.</summary>
    private sealed class OpenTransfers
    {
        public IReadOnlyList<long> Numbers { get; set; } = [];
    }
}
