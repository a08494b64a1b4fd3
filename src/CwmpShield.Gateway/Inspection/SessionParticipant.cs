using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// A feature that takes part in sessions beside the rules: it may refuse or rewrite an order that the rules allow, and see or
/// rewrite what a device says. Every member is called by whoever is inside the session, one at a time, in the order of
/// registration. An order is refused where a member throws: nothing passes that a participant has not settled.
/// </summary>
internal abstract class SessionParticipant
{
    /// <summary>An order that the rules allow, before it goes to its device.</summary>
    public virtual ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order) => new(new OrderPassage.Goes(order));

    /// <summary>An order that was let go never reached the device: it has gone, or a later participant refused.</summary>
    public virtual ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order) => default;

    /// <summary>A message of the device that the rules allow, before it goes to the ACS.</summary>
    /// <param name="session">The session.</param>
    /// <param name="message">The message.</param>
    /// <param name="order">The order that it answers, as the ACS gave it; null for a request such as Inform.</param>
    /// <returns>The message, or what takes its place.</returns>
    public virtual ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order) => new(message);

    /// <summary>The session is over; nothing of it follows.</summary>
    public virtual ValueTask EndedAsync(DeviceSession session) => default;
}
