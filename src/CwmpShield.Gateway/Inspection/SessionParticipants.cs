using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Every participant of a session in its order; what goes wrong in one of them refuses, and never ends the process or another's work.</summary>
internal sealed class SessionParticipants(IEnumerable<SessionParticipant> all, ILogger<SessionParticipants> log)
{
    private readonly SessionParticipant[] participants = [.. all];

    /// <summary>Asks for an order that the rules allow. Where one refuses, those before it hear that it was dropped.</summary>
    public async ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order)
    {
        var current = order;
        for (var i = 0; i < participants.Length; i++)
        {
            var passage = await AskAsync(participants[i], session, current);
            if (passage is not OrderPassage.Goes goes)
            {
                await DropAsync(session, current, i);
                return passage;
            }

            current = goes.Order;
        }

        return new OrderPassage.Goes(current);
    }

    /// <summary>Tells that an order never reached its device.</summary>
    public ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order) => DropAsync(session, order, participants.Length);

    /// <summary>Shows a device's message; null where a participant failed: the message may not go on then.</summary>
    public async ValueTask<CwmpMessage?> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        try
        {
            foreach (var participant in participants)
            {
                message = await participant.DeviceMessageAsync(session, message, order);
            }

            return message;
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
            return null;
        }
    }

    /// <summary>Tells that the session is over.</summary>
    public async ValueTask EndedAsync(DeviceSession session)
    {
        foreach (var participant in participants)
        {
            await SafelyAsync(() => participant.EndedAsync(session));
        }
    }

    private async ValueTask<OrderPassage> AskAsync(SessionParticipant participant, DeviceSession session, CwmpMessage order)
    {
        try
        {
            return await participant.OrderAsync(session, order);
        }
        catch (RegistryUnavailableException error)
        {
            log.OrderUnsettled(error);
            return OrderPassage.Refused.Because(IdentityReason.RegistryUnavailable);
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
            return OrderPassage.Refused.Because(ForwardingReason.GatewayError);
        }
    }

    private async ValueTask DropAsync(DeviceSession session, CwmpMessage order, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var participant = participants[i];
            await SafelyAsync(() => participant.OrderDroppedAsync(session, order));
        }
    }

    private async ValueTask SafelyAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
        }
    }
}
