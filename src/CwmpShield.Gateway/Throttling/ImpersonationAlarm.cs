using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.Throttling;

/// <summary>Makes a metric and an event of every impersonation signal as it is raised, and tells the rules which ones stand.</summary>
internal sealed class ImpersonationAlarm(ImpersonationWatch watch, PartyLimits limits, ThrottleMetrics metrics, DecisionFeed feed, TimeProvider time)
{
    private const int MaxClaim = 128;

    /// <summary>Looks at a message as it is judged; what stands against its sender.</summary>
    public Signal OfMessage(CwmpMessage message, Party party, ProvenIdentity identity, Caller caller)
    {
        if (message is { Rpc: RpcKind.Inform, Role: MessageRole.Request, Device: { } device })
        {
            Informed(message, device, party, identity, caller);
        }

        return Standing(party, caller.Listener);
    }

    /// <summary>
    /// What stands against a party at a listener. In mode observe nothing does: nobody can prove there that he is not the one who walks
    /// through the serial numbers of his neighbours, so that the signals are only counted.
    /// </summary>
    public Signal Standing(in Party party, ListenerOptions listener) =>
        listener.Identity.Mode == IdentityMode.Observe ? Signal.None : watch.Standing(party, Now);

    /// <summary>A party used a name that it did not prove.</summary>
    public void Claimed(in Party party, DeviceName? name, string text, Caller caller) =>
        Report(Claim(party, name, text), party, null, text, caller);

    /// <summary>A log-in or an Inform was refused for a reason that is a signal of its own.</summary>
    public void Refused(in Party party, string reason, string claim, Caller caller)
    {
        var signal = reason switch
        {
            IdentityReason.CertificateKeyChanged => Signal.TwoKeys,
            IdentityReason.CertificateKeyOfAnotherDevice => Signal.KeyOfSeveralDevices,
            _ => Signal.None,
        };
        Raise(party, signal, caller, claim);
    }

    /// <summary>Raises a signal against a party.</summary>
    public void Raise(in Party party, Signal signal, Caller caller, string claim) => Report(watch.Raise(party, signal, Now), party, null, claim, caller);

    private void Informed(CwmpMessage message, DeviceId device, in Party party, ProvenIdentity identity, Caller caller)
    {
        var isOwn = identity.Device is { } row ? DeviceName.Of(row.Device).Names(device) : identity.CertificateName?.Names(device) ?? false;
        if (isOwn && party.IsProven)
        {
            var key = identity.IsUniqueCertificate ? identity.Certificate?.SpkiSha256 : null;
            Report(watch.Informed(party, device, caller.Source, key, message.Events, Now), party, device, "", caller);
        }
        else if (!isOwn || identity.WouldRefuse is not null || identity is { Strength: > IdentityStrength.None, IsOfDeviceAlone: false })
        {
            // Without TLS anybody on the way can put another name into a body that a device has logged in for.
            var sayer = identity.Strength < IdentityStrength.PasswordOverTls ? limits.OfAddress(caller.Source) : party;
            var name = DeviceName.Of(device);
            var raised = Claim(sayer, name, name.SerialNumber)
                | watch.Bootstrapped(sayer, limits.ClaimOf(name, ""), message.Events, Now);
            Report(raised, sayer, null, device.ToString(), caller);
        }
    }

    private Signal Claim(in Party party, DeviceName? name, string text)
    {
        var raised = watch.Claimed(party, name, text, Now, out var serials);
        metrics.Claimed(serials);
        return raised;
    }

    private void Report(Signal raised, in Party party, DeviceId? device, string claim, Caller caller)
    {
        if (raised == Signal.None)
        {
            return;
        }

        foreach (var word in SignalName.Of(raised))
        {
            metrics.Raised(word, party.IsProven);
            feed.Publish(new DecisionEvent
            {
                At = time.GetUtcNow(),
                Device = device,
                Source = caller.Source,
                Claim = claim.Length > MaxClaim ? claim[..MaxClaim] : claim,
                Direction = Direction.CpeToAcs,
                Decision = new Decision { Verdict = Verdict.Observe, Reasons = [word] },
            });
        }
    }

    private long Now => Ticks.Of(time);
}
