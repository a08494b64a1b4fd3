using System.Buffers;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Takes one message of a device into its session: in its turn it goes on, and out of it the device is answered here.</summary>
internal sealed class SessionTurn(
    SessionEnding ending,
    SessionParticipants participants,
    DeviceStanding standing,
    RequestRefusal refusal,
    BufferBudget budget,
    ShieldMetrics metrics,
    ILogger<SessionTurn> log)
{
    /// <summary>Takes a message; the caller is inside the session, and out of it again where null is returned: the device has been answered then.</summary>
    public async Task<DeviceExchange?> TakeAsync(DeviceMessage message, DeviceSession session)
    {
        var order = session.Turns.Order;
        if (message.Inspection is { Message: null })
        {
            return await UnreadableAsync(message, session, order);
        }

        // :: Step 1: it must be the device's turn
        if (session.Turns.FromDevice(message.Message, message.ArrivedAt) is { } violation)
        {
            await ViolatedAsync(message, session, violation);
            return null;
        }

        if (session.IsQuarantined)
        {
            await AnswerQuarantinedAsync(message, session);
            return null;
        }

        if (await WithdrawalAsync(message, session) is { } withdrawal)
        {
            await WithdrawAsync(message, session, withdrawal);
            return null;
        }

        // :: Step 2: it must be allowed
        if (message.Inspection is { Decision.Forwards: false } refused)
        {
            return order is null ? await RefuseAsync(message, session, refused) : await ForwardAsync(message, session, Refusal.OfAnswer(order));
        }

        // :: Step 3: the session learns from it
        if (message.IsInform)
        {
            session.Facts.Informed(message.Message!);
        }
        else if (order is not null)
        {
            session.Facts.Answered(order, message.Message!);
        }

        // :: Step 4: its participants see it, and may put other values in
        return message.Inspection is { Message: not null } inspection
            ? await ShownAsync(message, session, inspection, order)
            : await ForwardAsync(message, session, default);
    }

    private async Task<DeviceExchange?> ShownAsync(
        DeviceMessage message, DeviceSession session, Core.Decisions.Inspection inspection, CwmpMessage? order)
    {
        if (await participants.DeviceMessageAsync(session, inspection.Message!, order) is { } shown)
        {
            return await ForwardAsync(message, session, ReferenceEquals(shown, inspection.Message) ? inspection.Canonical : CwmpMessageWriter.ToBytes(shown));
        }

        ending.Abort(session);
        refusal.Answer(message.Context, StatusCodes.Status503ServiceUnavailable, ForwardingReason.GatewayError);
        return null;
    }

    /// <summary>The ACS is told that the order failed where one is owed an answer; else the device is told that it cannot be read.</summary>
    private async Task<DeviceExchange?> UnreadableAsync(DeviceMessage message, DeviceSession session, CwmpMessage? order)
    {
        if (order is not null && session.Turns.SpeakForDevice())
        {
            return await ForwardAsync(message, session, Refusal.OfAnswer(order));
        }

        await AnswerAsync(message, session, Refusal.OfRequest(null, session.CwmpNamespace));
        return null;
    }

    private async Task ViolatedAsync(DeviceMessage message, DeviceSession session, SessionViolation violation)
    {
        log.SessionViolated(violation.Reason, session.Device.Device.ToString());
        if (violation.EndsSession)
        {
            session.RequestEnd(SessionOutcome.Violation);
            ending.Leave(session);
            refusal.Answer(message.Context, StatusCodes.Status400BadRequest, violation.Reason);
            return;
        }

        metrics.RequestRejected(session.Listener.Name, violation.Reason);
        await AnswerAsync(message, session, Refusal.OfRequest(message.Message?.Id, session.CwmpNamespace));
    }

    /// <summary>A refused report of something done is acknowledged, or the device repeats it in every session; anything else is refused by a fault.</summary>
    private async Task<DeviceExchange?> RefuseAsync(DeviceMessage message, DeviceSession session, Core.Decisions.Inspection refused)
    {
        if (refused.Message!.Rpc is RpcKind.TransferComplete or RpcKind.AutonomousTransferComplete or RpcKind.DUStateChangeComplete or RpcKind.AutonomousDUStateChangeComplete)
        {
            await AnswerForAcsAsync(message, session, refused.Message);
            return null;
        }

        session.Turns.TakeBack();
        await AnswerAsync(message, session, Refusal.OfRequest(refused.Message, refused.Decision));
        return null;
    }

    /// <summary>Why the session may not go on: the device's own message, or what an operator has decided since it began.</summary>
    private async ValueTask<string?> WithdrawalAsync(DeviceMessage message, DeviceSession session)
    {
        if (message.Inspection is { Decision: { Quarantines: true } decision })
        {
            await standing.QuarantineAsync(session.Device, session.Party.IsProven, decision);
            return InspectionReason.DeviceQuarantined;
        }

        return message.IsInform ? null : await standing.RefusalAsync(session, message.Context.RequestAborted);
    }

    /// <summary>Ends the session: the device is told that there is nothing more, the ACS in its protocol, and the message stays here.</summary>
    private async Task WithdrawAsync(DeviceMessage message, DeviceSession session, string reason)
    {
        metrics.Refused("", reason);
        session.Turns.TakeBack();
        session.RequestEnd(SessionOutcome.Withdrawn);
        ending.Leave(session);
        await DeviceReply.EmptyAsync(message.Context);
    }

    /// <summary>Quarantine: InformResponse, then 204; everything else is denied, and nothing reaches the ACS.</summary>
    private async Task AnswerQuarantinedAsync(DeviceMessage message, DeviceSession session)
    {
        if (message.Message is not { } sent)
        {
            session.Turns.End();
            ending.Leave(session);
            await DeviceReply.EmptyAsync(message.Context);
            return;
        }

        metrics.Refused("", InspectionReason.DeviceQuarantined);
        if (!message.IsInform)
        {
            session.Turns.TakeBack();
            await AnswerAsync(message, session, Refusal.OfRequest(sent, new Decision()));
            return;
        }

        message.Context.Response.Headers.SetCookie = SessionCookie.SetHeader(session.Cookie);
        await AnswerForAcsAsync(message, session, sent);
    }

    /// <summary>Acknowledges a device's request in the ACS's place; the ACS does not hear of it.</summary>
    private async Task AnswerForAcsAsync(DeviceMessage message, DeviceSession session, CwmpMessage request)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        CwmpResponseWriter.Write(request.Rpc, request.Id, request.Envelope.CwmpNamespace, output);
        session.Turns.FromAcs(new CwmpMessage
        {
            Direction = Direction.AcsToCpe,
            Rpc = request.Rpc,
            Role = MessageRole.Response,
            Name = request.Name + "Response",
            Id = request.Id,
            Envelope = request.Envelope,
        });
        await AnswerAsync(message, session, output.WrittenMemory);
    }

    private async Task AnswerAsync(DeviceMessage message, DeviceSession session, ReadOnlyMemory<byte> answer)
    {
        ending.Leave(session);
        await DeviceReply.SoapAsync(message.Context, answer);
    }

    private Task<DeviceExchange?> ForwardAsync(DeviceMessage message, DeviceSession session, ReadOnlyMemory<byte> canonical)
    {
        if (budget.TryReserve(canonical.Length))
        {
            return Task.FromResult<DeviceExchange?>(new DeviceExchange(session, canonical, message.IsInform, message.PassingAuthorization, budget));
        }

        session.Turns.TakeBack();
        ending.Leave(session);
        refusal.Answer(message.Context, StatusCodes.Status503ServiceUnavailable, ListeningReason.BufferBudget);
        return Task.FromResult<DeviceExchange?>(null);
    }
}
