using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Credentials;

/// <summary>
/// Notes that a FactoryReset is on its way to a device, before it goes: its next bootstrap is true then, and no other. A store that is down
/// refuses the order, because the device could not come back.
/// </summary>
internal sealed class FactoryResets(IDeviceRegistry registry, TimeProvider time) : SessionParticipant
{
    // A device may come once more before it has restarted.
    private static readonly TimeSpan ResetTime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order)
    {
        // Who has proven nothing must not open the lane of the device that he says he is.
        if (order.Rpc == RpcKind.FactoryReset && session is { Device.Key: not 0, Strength: > IdentityStrength.None })
        {
            session.Notes.Of<Note>().OrderId = order.Id;
            await registry.RememberResetAsync(session.Device.Key, time.GetUtcNow(), CancellationToken.None);
        }

        return new OrderPassage.Goes(order);
    }

    /// <inheritdoc/>
    public override ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order) => ForgetAsync(session, order);

    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        if (order is not null && message.Role == MessageRole.Fault)
        {
            await ForgetAsync(session, order);
        }

        return message;
    }

    /// <summary>A device that still has its own password long after has not been reset: what is printed on its label opens no lane any more.</summary>
    public override async ValueTask EndedAsync(DeviceSession session)
    {
        var isOwn = session.Proven.Slot is CredentialSlot.Current or CredentialSlot.Acknowledged or CredentialSlot.Pending;
        if (isOwn && session.Device.FactoryResetAt is { } at && time.GetUtcNow() - at > ResetTime && session.Notes.Find<Note>() is null
            && string.Equals(session.Outcome, SessionOutcome.Completed, StringComparison.Ordinal))
        {
            try
            {
                await registry.RememberResetAsync(session.Device.Key, null, CancellationToken.None);
            }
            catch (RegistryUnavailableException)
            {
                // Its next session tries again.
            }
        }
    }

    private async ValueTask ForgetAsync(DeviceSession session, CwmpMessage order)
    {
        if (order.Rpc != RpcKind.FactoryReset || session.Notes.Find<Note>() is not { } note || !string.Equals(note.OrderId, order.Id, StringComparison.Ordinal))
        {
            return;
        }

        note.OrderId = null;
        try
        {
            await registry.RememberResetAsync(session.Device.Key, session.Device.FactoryResetAt, CancellationToken.None);
        }
        catch (RegistryUnavailableException)
        {
            // It is forgotten by itself after its time; the device's answer must go on.
        }
    }

    private sealed class Note
    {
        public string? OrderId { get; set; }
    }
}
