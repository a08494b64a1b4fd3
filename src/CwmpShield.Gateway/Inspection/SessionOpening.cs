using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Opens a session with an Inform: binds it to one device, and ends the session that the device had before.</summary>
internal sealed class SessionOpening(
    InformGate gate,
    SessionAdmission admission,
    SessionTable table,
    Drain drain,
    SessionEnding ending,
    SessionTurn turn,
    DeviceStanding standing,
    RequestRefusal refusal,
    DecisionFeed feed,
    StrangerAudit strangers,
    ShieldMetrics metrics,
    GatewayOptions options,
    TimeProvider time,
    ILogger<SessionOpening> log)
{
    /// <summary>How long a new Inform waits for the old session to be ended at the ACS before the device is told to come again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After which time a full table may have room again.</summary>
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(30);

    /// <summary>Opens; null where the device has been answered already.</summary>
    /// <param name="message">The Inform, judged.</param>
    /// <param name="found">The session that its connection or cookie leads to, null when none.</param>
    public async Task<DeviceExchange?> OpenAsync(DeviceMessage message, DeviceSession? found)
    {
        // :: Step 1: certificate, credential and Inform must name one device
        if (await BindAsync(message, found) is not { } bound)
        {
            return null;
        }

        // :: Step 2: it must be allowed
        var decision = message.Inspection!.Decision;
        var isQuarantined = bound.Device.Status == DeviceStatus.Quarantined || decision.Quarantines;
        if (!decision.Forwards && !isQuarantined)
        {
            await DeviceReply.SoapAsync(message.Context, Refusal.OfRequest(message.Message!, decision));
            return null;
        }

        if (decision.Quarantines)
        {
            await standing.QuarantineAsync(bound.Device, gate.PartyOf(message).IsProven, decision);
        }

        // :: Step 3: there must be room for it. Not before it is known who asks: a stranger could take the places of all others.
        if (!admission.TryBegin(out var wait))
        {
            refusal.Postpone(message.Context, InspectionReason.SessionsTooFast, RetryAfter.Seconds(wait));
            return null;
        }

        // :: Step 4: it takes the place of an older session
        if (!await SupersedeAsync(message, bound))
        {
            return null;
        }

        // Inside before anybody can find it: a newer Inform may come at once, and end it.
        var session = Create(message, bound, isQuarantined);
        session.TryEnter();
        if (!table.TryAdd(session))
        {
            var isTaken = table.Of(session.Key) is not null;
            refusal.Postpone(message.Context, isTaken ? InspectionReason.SessionEnding : InspectionReason.SessionsFull, RetryAfter.Seconds(Crowded));
            return null;
        }

        // :: Step 5: the session begins
        metrics.SessionStarted(session.Strength);
        metrics.Exchanges.SessionStarted(session.Proven);
        SessionTable.Tie(message.Connection, session);
        return await turn.TakeAsync(message, session);
    }

    /// <summary>The device that certificate, credential and Inform agree on; null where the device has been answered already.</summary>
    private async ValueTask<BindingOutcome.Bound?> BindAsync(DeviceMessage message, DeviceSession? found)
    {
        var outcome = await gate.BindAsync(message);
        if (outcome is not BindingOutcome.Bound bound)
        {
            RefuseBinding(message, outcome);
            return null;
        }

        // Observe mode: the word that enforce would have refused with is counted and logged, and the Inform goes on.
        metrics.Authenticated(message.Connection.Listener.Name, bound.WouldRefuse ?? "bound");
        if (bound.WouldRefuse is { } wouldRefuse)
        {
            log.WouldRefuse(message.Connection.Listener.Name, bound.Device.Device.ToString(), wouldRefuse);
        }

        if (found is { IsEnding: false } && found.Device.Device != bound.Device.Device)
        {
            refusal.Answer(message.Context, StatusCodes.Status403Forbidden, InspectionReason.DeviceChanged);
            return null;
        }

        return bound;
    }

    private void RefuseBinding(DeviceMessage message, BindingOutcome outcome)
    {
        var (status, reason) = outcome switch
        {
            BindingOutcome.Refused refused => (StatusCodes.Status403Forbidden, refused.Reason),
            BindingOutcome.Throttled throttled => (StatusCodes.Status503ServiceUnavailable, throttled.Reason),
            BindingOutcome.Unavailable unavailable => (StatusCodes.Status503ServiceUnavailable, unavailable.Reason),
            _ => (StatusCodes.Status403Forbidden, ForwardingReason.GatewayError),
        };
        metrics.Authenticated(message.Connection.Listener.Name, reason);
        if (outcome is BindingOutcome.Refused)
        {
            strangers.Unproven(message.Connection, reason, message.Message!.Device?.ToString() ?? "");
            log.InformRefused(message.Connection.Listener.Name, message.Message!.Device?.ToString() ?? "nobody", message.Proven.Device?.Device.ToString() ?? "nobody", reason);
        }

        feed.Publish(new DecisionEvent
        {
            At = time.GetUtcNow(),
            Device = message.Proven.Device?.Device,
            Strength = message.Proven.Strength,
            Direction = Direction.CpeToAcs,
            Message = message.Message!.Name,
            Decision = new Decision { Verdict = Verdict.Deny, Reasons = [reason] },
        });
        if (outcome is BindingOutcome.Throttled { Wait: var wait })
        {
            refusal.Postpone(message.Context, reason, RetryAfter.Seconds(wait));
            return;
        }

        refusal.Answer(message.Context, status, reason);
    }

    /// <summary>Ends the device's older session, if it has one; false where the device has been told that it cannot be, or that the gateway is about to stop.</summary>
    private async Task<bool> SupersedeAsync(DeviceMessage message, BindingOutcome.Bound bound)
    {
        if (drain.IsRefusing)
        {
            refusal.Answer(message.Context, StatusCodes.Status503ServiceUnavailable, InspectionReason.GatewayStopping);
            return false;
        }

        var device = bound.Device.Device;
        if (table.Of(SessionKey.Of(device, IdentityStrength.UniqueCertificate, message.Connection.Source.Address)) is { IsEnding: false } proven
            && (bound.Strength < proven.Strength || IsOlder(message.Proven.Slot, proven.Proven.Slot)))
        {
            refusal.Answer(message.Context, StatusCodes.Status403Forbidden, InspectionReason.IdentityWeaker);
            return false;
        }

        if (table.Of(SessionKey.Of(device, bound.Strength, message.Connection.Source.Address)) is not { } older)
        {
            return true;
        }

        ending.Request(older, SessionOutcome.Superseded);
        try
        {
            await older.Closed.WaitAsync(Patience, time, message.Context.RequestAborted);
            return true;
        }
        catch (TimeoutException)
        {
            refusal.Answer(message.Context, StatusCodes.Status503ServiceUnavailable, InspectionReason.SessionEnding);
            return false;
        }
    }

    /// <summary>
    /// A session that has logged in with what was ordered proves it by its end: whoever has the replaced password must not cut it short, or the
    /// password would never be given up.
    /// </summary>
    private static bool IsOlder(CredentialSlot? slot, CredentialSlot? inProgress) =>
        RotatingCredential.IsRotated(inProgress) && slot is not null && !RotatingCredential.IsRotated(slot);

    private DeviceSession Create(DeviceMessage message, BindingOutcome.Bound bound, bool isQuarantined)
    {
        var connection = message.Connection;
        var limits = connection.Listener.Limits;
        var session = new DeviceSession
        {
            Cookie = SessionCookie.Create(),
            Listener = connection.Listener,
            Source = connection.Source.Address,
            Forwarded = ForwardedHeader.Write(connection.Source.Address, connection.IsTls, options.Acs.ForwardedBy),
            CwmpNamespace = message.Message!.Envelope.CwmpNamespace,
            Proven = message.Proven,
            Device = bound.Device,
            Strength = bound.Strength,
            Party = gate.PartyOf(message),
            HardwareVersion = InformedText.HardwareVersion(message.Message) ?? "",
            IsQuarantined = isQuarantined,
            Turns = new CwmpSession(
                new SessionBounds(limits.MaxSessionTime, limits.SessionIdleTime, limits.MaxRequestsPerSession), time.GetUtcNow()),
        };
        session.Facts.DeviceIsNew = bound.Device.FirstSeen == bound.Device.LastSeen;
        return session;
    }
}
