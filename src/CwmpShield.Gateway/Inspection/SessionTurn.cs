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
    SessionEnding ending, RequestRefusal refusal, BufferBudget budget, ShieldMetrics metrics, ILogger<SessionTurn> log)
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

        // :: Step 2: it must be allowed
        if (message.Inspection is { Decision.Forwards: false } refused)
        {
            if (order is not null)
            {
                return await ForwardAsync(message, session, Refusal.OfAnswer(order));
            }

            session.Turns.TakeBack();
            await AnswerAsync(message, session, Refusal.OfRequest(refused.Message!, refused.Decision));
            return null;
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

        return await ForwardAsync(message, session, message.Inspection?.Canonical ?? default);
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
        var output = new ArrayBufferWriter<byte>(1024);
        if (!message.IsInform)
        {
            session.Turns.TakeBack();
            await AnswerAsync(message, session, Refusal.OfRequest(sent, new Decision()));
            return;
        }

        CwmpResponseWriter.Write(RpcKind.Inform, sent.Id, sent.Envelope.CwmpNamespace, output);
        session.Turns.FromAcs(new CwmpMessage
        {
            Direction = Direction.AcsToCpe,
            Rpc = RpcKind.Inform,
            Role = MessageRole.Response,
            Name = "InformResponse",
            Id = sent.Id,
            Envelope = sent.Envelope,
        });
        message.Context.Response.Headers.SetCookie = SessionCookie.SetHeader(session.Cookie);
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
