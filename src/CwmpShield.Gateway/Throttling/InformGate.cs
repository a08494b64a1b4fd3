using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.Throttling;

/// <summary>Binds Informs to their devices, as many as one device or one address may begin sessions; where only the Inform names the device, a wrong name is a wrong log-in.</summary>
internal sealed class InformGate(DeviceBinder binder, PartyGate gate, ImpersonationAlarm alarm)
{
    /// <summary>Who a message is counted as.</summary>
    public Party PartyOf(DeviceMessage message) => gate.PartyOf(message.Proven, message.Connection.Source.Address);

    /// <summary>Binds one Inform to one device, or says why not.</summary>
    public async ValueTask<BindingOutcome> BindAsync(DeviceMessage message)
    {
        var caller = message.Connection.Caller;
        var party = PartyOf(message);
        if (gate.Session(party, caller.Listener) is { IsGranted: false } late)
        {
            return new BindingOutcome.Throttled(late.Reason, late.Wait);
        }

        var isJudged = party.IsProven || message.Connection.Listener.Identity.Mode == IdentityMode.Observe;
        var outcome = await (isJudged ? ProvenAsync(message) : NamedAsync(message, party, caller));
        if (outcome is BindingOutcome.Refused refused)
        {
            alarm.Refused(party, refused.Reason, message.Message!.Device?.ToString() ?? "", caller);
        }

        return outcome;
    }

    private ValueTask<BindingOutcome> ProvenAsync(DeviceMessage message)
    {
        var isAllowed = message.Inspection is { Decision: { Forwards: true } or { Quarantines: true } };
        return binder.BindAsync(message.Proven, message.Message!, message.Connection.Listener, isAllowed, message.Context.RequestAborted);
    }

    private async ValueTask<BindingOutcome> NamedAsync(DeviceMessage message, Party party, Caller caller)
    {
        var name = message.Message!.Device is { } device ? DeviceName.Of(device) : null;
        var admission = await gate.BeginAttemptAsync(party, name, "", caller, message.Context.RequestAborted);
        if (gate.Counted(admission, caller.Listener) is { IsGranted: false } late)
        {
            return new BindingOutcome.Throttled(late.Reason, late.Wait);
        }

        var end = AttemptEnd.Undecided;
        try
        {
            var outcome = await ProvenAsync(message);
            end = outcome switch
            {
                BindingOutcome.Bound => AttemptEnd.Succeeded,
                BindingOutcome.Refused => AttemptEnd.Failed,
                _ => AttemptEnd.Undecided,
            };
            return outcome;
        }
        finally
        {
            // The serial was noted when the message was judged; it counts once.
            gate.EndAttempt(party, admission, end);
        }
    }
}
