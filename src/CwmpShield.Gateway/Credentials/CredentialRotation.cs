using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;
using CwmpShield.Gateway.Storage.Secrets;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Credentials;

/// <summary>
/// Learns from the ACS's orders what a device will log in with and be called with. The new secret is durable before the order goes on, and
/// the old one stays good until a whole session has used the new one.
/// </summary>
internal sealed class CredentialRotation(IDeviceRegistry registry, CredentialMetrics metrics, TimeProvider time, ILogger<CredentialRotation> log)
    : SessionParticipant
{
    private const int MaxLength = 256;
    private const int MaxUtf8 = 4;

    // How long a device may still be called with what it has been told to replace.
    private static readonly TimeSpan CalledWithOld = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order)
    {
        // What was never answered stays unknown, and no other order's answer tells of it: some ACSs give every order the same ID.
        session.Notes.Find<RotationNote>()?.Begin(null);

        // In observe mode nobody has proven to be the device: what its ACS is told of it changes no row.
        if (session.Listener.Identity.Mode == IdentityMode.Observe || session.Device.Key == 0 || OrderedCredentials.Read(order) is not { } asked)
        {
            return new OrderPassage.Goes(order);
        }

        if (asked.IsAmbiguous)
        {
            return OrderPassage.Refused.Because(RotationReason.Ambiguous);
        }

        var note = session.Notes.Of<RotationNote>();
        note.Begin(order.Id);
        try
        {
            var refusal = await OrderAsync(session, note, CredentialPurpose.Login, asked.Login)
                ?? await OrderAsync(session, note, CredentialPurpose.ConnectionRequest, asked.ConnectionRequest);
            if (refusal is null)
            {
                return new OrderPassage.Goes(order);
            }

            await CancelAsync(session, note);
            return OrderPassage.Refused.Because(refusal);
        }
        catch (RegistryUnavailableException)
        {
            // The order is refused whole: what it had already displaced may be what the device has.
            await CancelAsync(session, note);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order)
    {
        if (session.Notes.Find<RotationNote>() is { } note && note.IsOf(order))
        {
            await CancelAsync(session, note);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        if (order is null || session.Notes.Find<RotationNote>() is not { } note || !note.IsOf(order))
        {
            return message;
        }

        if (message.Role == MessageRole.Fault)
        {
            await CancelAsync(session, note);
            return message;
        }

        // Status 0: it has them. Status 1: it will have them, after a restart maybe (TR-069 A.3.2.1).
        var isApplied = message.Argument("Status")?.Trim() == "0";
        foreach (var (purpose, flight) in note.TakeAll())
        {
            await RecordAsync(session, purpose, isApplied ? "acknowledged" : "committed", Answered(session, purpose, flight.Ordered, isApplied));
        }

        return message;
    }

    /// <inheritdoc/>
    public override async ValueTask EndedAsync(DeviceSession session)
    {
        var slot = session.Proven.Slot;
        var isWhole = string.Equals(session.Outcome, SessionOutcome.Completed, StringComparison.Ordinal);
        if (!isWhole || session.Device.Key == 0 || session.IsQuarantined || slot is null or CredentialSlot.Previous or CredentialSlot.Factory)
        {
            return;
        }

        // What the session logged in with may have changed its place since; and a replaced secret ends with the first use of the new one.
        if (slot != CredentialSlot.Current || await HasPreviousAsync(session))
        {
            var used = UsedIn(session, CredentialPurpose.Login);
            var leaves = RotatingCredential.IsRotated(slot) && session.Device.Status == DeviceStatus.Bootstrap ? "rotated" : null;
            await RecordAsync(session, CredentialPurpose.Login, "proven", state => state.Used(used), leaves);
        }
    }

    private Func<RotatingCredential, RotatingCredential> Answered(DeviceSession session, CredentialPurpose purpose, DeviceCredential ordered, bool isApplied)
    {
        if (purpose == CredentialPurpose.ConnectionRequest)
        {
            var until = time.GetUtcNow() + CalledWithOld;
            return state => isApplied ? state.Taken(ordered, until) : state;
        }

        var used = UsedIn(session, purpose);
        return state => isApplied ? state.Confirmed(ordered, used) : state.Committed(ordered, used);
    }

    private static SessionCredential UsedIn(DeviceSession session, CredentialPurpose purpose) => purpose == CredentialPurpose.Login
        ? new SessionCredential(session.Proven.Used, session.Device.Status == DeviceStatus.Bootstrap)
        : SessionCredential.None;

    private static string OwnUser(DeviceSession session) => session.Device.HttpUser
        ?? (NamePattern.TryParse(session.Listener.Identity.UserPattern, out var pattern, out _) ? pattern!.Format(session.Device.Device) : "");

    /// <summary>Makes the ordered credential durable; the reason why the order may not go on, null where it may.</summary>
    private async ValueTask<string?> OrderAsync(DeviceSession session, RotationNote note, CredentialPurpose purpose, OrderedCredential? asked)
    {
        if (asked is null)
        {
            return null;
        }

        // User or password alone would leave the device with half of what the fleet shares, which is nobody's log-in.
        var isLogin = purpose == CredentialPurpose.Login;
        var isHalf = asked.User is null || asked.Password is null;
        if (!CanLogIn(asked) || (isLogin && isHalf && session.Proven.IsSharedUser))
        {
            return RotationReason.Unlearnable;
        }

        var ownUser = isLogin ? OwnUser(session) : "";
        var takes = isLogin && asked.User is { } user && !string.Equals(user, ownUser, StringComparison.Ordinal) ? user : null;
        if (takes is not null && await IsOfAnotherAsync(session, takes))
        {
            return RotationReason.UserTaken;
        }

        var used = UsedIn(session, purpose);
        var weakness = WeaknessOf(session, purpose, asked, takes ?? ownUser);
        DeviceCredential? next = null;
        var known = RotatingCredential.None;
        var result = await registry.ChangeCredentialAsync(
            new CredentialChange
            {
                Device = session.Device.Key,
                Purpose = purpose,
                TakesUser = takes,
                Weakness = weakness,
                At = time.GetUtcNow(),
                Apply = state =>
                {
                    known = state;
                    var before = used.Is(state.Pending) ? state.Pending : state.Acknowledged ?? used.Used ?? state.Current;
                    next = asked.Over(before, ownUser);
                    return next is null || (!state.IsRotating && state.Current?.IsSame(next, ownUser) == true) ? state : state.Ordered(next, used);
                },
            },
            CancellationToken.None);
        if (result is null or { IsUserTaken: true })
        {
            return result is null ? IdentityReason.DeviceUnknown : RotationReason.UserTaken;
        }

        if (next is null)
        {
            // A password that the gateway was never told stays between device and ACS.
            return known == RotatingCredential.None ? null : RotationReason.Unlearnable;
        }

        note.Ordered(purpose, new RotationFlight(next, result.Before.Pending));
        Tell(session, purpose, "ordered");
        return null;
    }

    /// <summary>
    /// Whether a device can send it: a user is not empty and has no colon (RFC 7617), neither has a line end or another control character, and
    /// nothing is longer than TR-069 has it (string(256)).
    /// </summary>
    private static bool CanLogIn(OrderedCredential asked) =>
        asked.User is null or { Length: > 0 and <= MaxLength } && asked.User?.Any(c => c == ':' || char.IsControl(c)) is not true
        && (asked.Password is not { Utf8: var password }
            || (password.Length <= MaxLength * MaxUtf8 && !System.Text.Encoding.UTF8.GetString(password.Span).Any(char.IsControl)));

    /// <summary>Whether a user is another device's, by its row or by the listener's pattern.</summary>
    private async ValueTask<bool> IsOfAnotherAsync(DeviceSession session, string user)
    {
        var byPattern = NamePattern.TryParse(session.Listener.Identity.UserPattern, out var pattern, out _) ? pattern!.Match(user) : null;
        return await registry.FindUserAsync(user, byPattern, CancellationToken.None) is { } known
            && known.Owner?.Device.Key != session.Device.Key;
    }

    private string? WeaknessOf(DeviceSession session, CredentialPurpose purpose, OrderedCredential asked, string user)
    {
        if (asked.Password is not { } password)
        {
            return null;
        }

        var weakness = WeakSecret.Find(System.Text.Encoding.UTF8.GetString(password.Utf8.Span), session.Device.Device, asked.User ?? user);
        if (weakness is not null)
        {
            metrics.Step(purpose, "weak");
            log.CredentialWeak(CredentialWords.Of(purpose), session.Device.Device.ToString(), weakness);
        }

        return weakness;
    }

    private async ValueTask<bool> HasPreviousAsync(DeviceSession session)
    {
        try
        {
            return (await registry.FindAsync(session.Device.Device, CancellationToken.None))?.Login.Previous is not null;
        }
        catch (RegistryUnavailableException)
        {
            return false;
        }
    }

    private async ValueTask CancelAsync(DeviceSession session, RotationNote note)
    {
        foreach (var (purpose, flight) in note.TakeAll())
        {
            await RecordAsync(session, purpose, "cancelled", state => state.Cancelled(flight.Ordered, flight.Displaced));
        }
    }

    /// <summary>Writes a step down. Where that fails, old and new stay good: the device gets in with either.</summary>
    private async ValueTask RecordAsync(
        DeviceSession session, CredentialPurpose purpose, string step, Func<RotatingCredential, RotatingCredential> apply, string? leaves = null)
    {
        try
        {
            var change = new CredentialChange { Device = session.Device.Key, Purpose = purpose, Apply = apply, LeavesLane = leaves, At = time.GetUtcNow() };
            await registry.ChangeCredentialAsync(change, CancellationToken.None);
            Tell(session, purpose, step);
        }
        catch (RegistryUnavailableException error)
        {
            metrics.Step(purpose, "unrecorded");
            log.CredentialStepUnrecorded(CredentialWords.Of(purpose), session.Device.Device.ToString(), step, error);
        }
    }

    private void Tell(DeviceSession session, CredentialPurpose purpose, string step)
    {
        metrics.Step(purpose, step);
        log.CredentialStep(CredentialWords.Of(purpose), session.Device.Device.ToString(), step);
    }
}
