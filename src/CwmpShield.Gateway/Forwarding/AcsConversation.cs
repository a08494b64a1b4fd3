using System.Diagnostics;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Telemetry.Tracing;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Says one thing to the ACS on a session's connection and judges what comes back. Only for whoever is inside the session.</summary>
internal sealed class AcsConversation(MessageJudge judge, SessionParticipants participants, OrderAudit audit, ShieldMetrics metrics)
{
    /// <summary>Sends <paramref name="message"/> and says what its answer leads to; the session's turns are kept.</summary>
    /// <param name="session">The session.</param>
    /// <param name="message">Canonical bytes; empty for the empty POST.</param>
    /// <param name="authorization">The device's own Authorization, which passes in identity mode observe; else null.</param>
    public async Task<Turnout> SayAsync(DeviceSession session, ReadOnlyMemory<byte> message, string? authorization = null)
    {
        var reply = await SentAsync(session, new AcsEnvelope(message, session.Forwarded, authorization));
        return reply switch
        {
            AcsReply.Message received => await JudgedAsync(session, received),
            AcsReply.Empty => Taken(session, null) ?? new Turnout.Deliver(new DeviceAnswer.Empty()),
            AcsReply.Challenge challenge => Challenged(session, challenge),
            AcsReply.Redirect redirect => await RedirectedAsync(session, redirect),
            AcsReply.Failed failed => Failed(session, new DeviceAnswer.Unavailable(failed.Reason, failed.IsDown, failed.RetryAfter) { Target = failed.Target }, isBroken: true),
            _ => Failed(session, new DeviceAnswer.Unavailable(ForwardingReason.AcsUnreadable), isBroken: true),
        };
    }

    private static async Task<AcsReply> SentAsync(DeviceSession session, AcsEnvelope envelope)
    {
        using var span = ExchangeSpans.Begin(ExchangeSpans.Acs, session.Id, ActivityKind.Client);
        return await session.Upstream!.SendAsync(envelope);
    }

    /// <summary>Tells the ACS no to an order that was allowed, because its device has gone.</summary>
    public async ValueTask<Turnout.Refuse> WithholdAsync(DeviceSession session, CwmpMessage order, int code)
    {
        await DroppedAsync(session, order);
        metrics.Refused("", ForwardingReason.DeviceGone);
        session.Turns.SpeakForDevice();
        return new Turnout.Refuse(Refusal.OfOrder(order.Id, order.Envelope.CwmpNamespace, code));
    }

    /// <summary>An order that was allowed never reached its device.</summary>
    public ValueTask DroppedAsync(DeviceSession session, CwmpMessage order) => participants.OrderDroppedAsync(session, order);

    /// <summary>Ends the session without another word to the ACS.</summary>
    public Turnout GiveUp(DeviceSession session, string reason) =>
        Failed(session, new DeviceAnswer.Unavailable(reason), isBroken: true);

    private async ValueTask<Turnout> JudgedAsync(DeviceSession session, AcsReply.Message received)
    {
        using var body = received.Body;
        var inspection = await judge.FromAcsAsync(new RawMessage(Direction.AcsToCpe, body.Bytes, received.ContentType), session);
        if (inspection.Message is not { } message)
        {
            audit.Unreadable(session, inspection.Decision);
            return Unreadable(session, body.Bytes.Span);
        }

        if (Taken(session, message) is { Answer: DeviceAnswer.Unavailable why } violated)
        {
            await audit.WithheldAsync(session, message, inspection.Decision, why.Reason);
            return violated;
        }

        if (inspection.Decision.Forwards)
        {
            return message.IsOrder
                ? await OrderedAsync(session, message, inspection)
                : new Turnout.Deliver(new DeviceAnswer.Message(inspection.Canonical));
        }

        if (!message.IsOrder)
        {
            await audit.WithheldAsync(session, message, inspection.Decision, "");
            return Failed(session, new DeviceAnswer.Unavailable(FirstReason(inspection.Decision)), isBroken: false);
        }

        return await RefusedAsync(session, message, inspection.Decision);
    }

    /// <summary>An order that the rules allow: its participants may refuse or rewrite it, and it goes only when that is written down.</summary>
    private async ValueTask<Turnout> OrderedAsync(DeviceSession session, CwmpMessage order, Core.Decisions.Inspection inspection)
    {
        var passage = await participants.OrderAsync(session, order);
        if (passage is OrderPassage.Goes { Order: var settled })
        {
            if (await audit.IntentAsync(session, order, settled, inspection.Decision))
            {
                var bytes = ReferenceEquals(settled, order) ? inspection.Canonical : CwmpMessageWriter.ToBytes(settled);
                return new Turnout.Deliver(new DeviceAnswer.Message(bytes), settled);
            }

            await DroppedAsync(session, settled);
            passage = OrderPassage.Refused.Because(AuditReason.Unavailable);
        }

        var decision = (passage as OrderPassage.Refused)?.Decision ?? new Decision();
        judge.Refused(session, order, decision);
        return await RefusedAsync(session, order, decision);
    }

    private async ValueTask<Turnout> RefusedAsync(DeviceSession session, CwmpMessage order, Decision decision)
    {
        await audit.RefusedAsync(session, order, decision);
        session.Turns.SpeakForDevice();
        return new Turnout.Refuse(Refusal.OfOrder(order, decision));
    }

    /// <summary>An order under an ID that can be made out is refused under it; anything else ends the session.</summary>
    private Turnout Unreadable(DeviceSession session, ReadOnlySpan<byte> body) =>
        session.Turns.AwaitsOrder && OrderIdScan.Find(body) is { } id
            ? new Turnout.Refuse(Refusal.OfOrder(id, session.CwmpNamespace, Refusal.OrderDenied))
            : Failed(session, new DeviceAnswer.Unavailable(ForwardingReason.AcsUnreadable), isBroken: false);

    private Turnout.Deliver? Taken(DeviceSession session, CwmpMessage? message) =>
        session.Turns.FromAcs(message) is { } violation
            ? Failed(session, new DeviceAnswer.Unavailable(violation.Reason), isBroken: false)
            : null;

    private Turnout.Deliver Challenged(DeviceSession session, AcsReply.Challenge challenge)
    {
        if (session.Listener.Identity.Mode != IdentityMode.Observe)
        {
            return Failed(session, new DeviceAnswer.Unavailable(ForwardingReason.AcsUnauthorized), isBroken: true);
        }

        // The server underneath writes no header beyond ASCII.
        if (challenge.WwwAuthenticate.Any(value => value.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            return Failed(session, new DeviceAnswer.Unavailable(ForwardingReason.AcsUnreadable), isBroken: true);
        }

        session.Turns.TakeBack();
        return new Turnout.Deliver(new DeviceAnswer.Challenge(challenge.WwwAuthenticate));
    }

    private async ValueTask<Turnout> RedirectedAsync(DeviceSession session, AcsReply.Redirect redirect)
    {
        if (!await audit.RedirectAsync(session, redirect.Target))
        {
            metrics.Refused("", AuditReason.Unavailable);
            session.Turns.End();
            session.RequestEnd(SessionOutcome.AcsFailed);
            return new Turnout.Deliver(new DeviceAnswer.Unavailable(AuditReason.Unavailable));
        }

        metrics.Exchanges.Redirected(isAllowed: true);
        session.Turns.End();
        return new Turnout.Deliver(new DeviceAnswer.Redirect(redirect.Status, redirect.Target));
    }

    private Turnout.Deliver Failed(DeviceSession session, DeviceAnswer.Unavailable answer, bool isBroken)
    {
        metrics.UpstreamError(answer.Reason);
        if (string.Equals(answer.Reason, ForwardingReason.AcsRedirectRefused, StringComparison.Ordinal))
        {
            metrics.Exchanges.Redirected(isAllowed: false);
            audit.RedirectRefused(session, answer.Target);
        }

        if (isBroken)
        {
            session.Turns.End();
        }

        session.RequestEnd(SessionOutcome.AcsFailed);
        return new Turnout.Deliver(answer);
    }

    private static string FirstReason(Decision decision) => decision.Reasons.Count > 0 ? decision.Reasons[0] : ForwardingReason.AcsUnreadable;
}
