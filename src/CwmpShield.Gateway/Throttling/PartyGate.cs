using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Throttling;

/// <summary>
/// Holds everybody to what one address or one device may use. Whoever has proven himself is counted by himself, whoever hasn't by his
/// address; nothing is allocated where nobody is over a figure.
/// </summary>
internal sealed class PartyGate(PartyLimits limits, GatewayOptions options, ImpersonationAlarm alarm, ThrottleMetrics metrics, TimeProvider time)
{
    private readonly bool isObserving = options.Throttle.Mode == ThrottleMode.Observe;

    /// <summary>Who an identity from an address is counted as.</summary>
    public Party PartyOf(ProvenIdentity identity, IPAddress source) => identity.IsOfDeviceAlone
        ? PartyOf(identity.Device, identity.IsUniqueCertificate ? identity.Certificate : null, source)
        : limits.OfAddress(source);

    /// <summary>Who is counted: the device that was proven, else the certificate that is one device's own, else the address.</summary>
    public Party PartyOf(RegisteredDevice? device, CertificateFacts? own, IPAddress source) =>
        device is not null ? limits.OfDevice(device.Device) : own is not null ? limits.OfKey(own.SpkiSha256) : limits.OfAddress(source);

    /// <summary>Whoever speaks from an address.</summary>
    public Party PartyOf(IPAddress source) => limits.OfAddress(source);

    /// <summary>Lets a log-in be judged, in its turn where it has to wait for one; <see cref="EndAttempt"/> must follow where it does.</summary>
    /// <param name="party">Whose.</param>
    /// <param name="name">The device that it names, null for none.</param>
    /// <param name="text">The name as written.</param>
    /// <param name="caller">Where it comes in by and from.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async ValueTask<Admission> BeginAttemptAsync(Party party, DeviceName? name, string text, Caller caller, CancellationToken cancellationToken)
    {
        var admission = limits.Attempt(party, limits.ClaimOf(name, text), Now);
        if (!admission.IsGranted)
        {
            if (limits.HasFailed(party, Now))
            {
                alarm.Raise(party, Signal.FailedLogIns, caller, text);
            }

        }
        else if (admission.Wait > TimeSpan.Zero)
        {
            metrics.Delayed(caller.Listener.Name);
            await Task.Delay(admission.Wait, time, cancellationToken);
        }

        return admission;
    }

    /// <summary>Whether the registry may be asked if a refused log-in comes from its device's last address.</summary>
    public bool MayAsk(in Party party, DeviceName? name, string text) => limits.MayAsk(party, limits.ClaimOf(name, text), Now);

    /// <summary>Takes the address that the registry remembers for known, as after a restart or from another node; false where it is another.</summary>
    public bool Recognise(in Party party, DeviceName? name, string text, RegisteredDevice device) =>
        time.GetUtcNow() - device.LastSeen <= options.Throttle.Familiarity
        && IPAddress.TryParse(device.LastSource, out var known)
        && limits.Recognise(party, limits.ClaimOf(name, text), known, Now);

    /// <summary>Says how a log-in ended that was let be judged.</summary>
    public void EndAttempt(in Party party, in Admission admission, AttemptEnd end)
    {
        if (admission.IsGranted)
        {
            limits.Settle(party, admission, end, Now);
        }
    }

    /// <summary>Notes a name that was not proven.</summary>
    public void Claimed(in Party party, DeviceName? name, string text, Caller caller) => alarm.Claimed(party, name, text, caller);

    /// <summary>Whether a right log-in may go on.</summary>
    public Admission LogIn(in Party party, ListenerOptions listener) => Counted(limits.LogIn(party, Now), listener);

    /// <summary>Whether a session may begin.</summary>
    public Admission Session(in Party party, ListenerOptions listener) => Counted(limits.Session(party, Now), listener);

    /// <summary>Whether a body may be read.</summary>
    public Admission Body(in Party party, ListenerOptions listener) => Counted(limits.Body(party, Now), listener);

    /// <summary>Whether a body may be read that nobody needs; where not, nobody is refused.</summary>
    public bool MayDrain(in Party party) => isObserving || limits.Body(party, Now).IsGranted;

    /// <summary>Counts what was read.</summary>
    public void Sent(in Party party, long bytes) => limits.Sent(party, bytes, Now);

    /// <summary>Counts a refusal; granted where throttling, or who somebody is, is only observed: nobody can prove anything there.</summary>
    public Admission Counted(Admission admission, ListenerOptions listener)
    {
        if (admission.IsGranted)
        {
            return admission;
        }

        var isObserved = isObserving || listener.Identity.Mode == IdentityMode.Observe;
        metrics.Refused(listener.Name, admission.Reason, isObserved);
        return isObserved ? PartyLimits.Granted : admission;
    }

    private long Now => Ticks.Of(time);
}

/// <summary>Where somebody comes from and in by.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Source">The address.</param>
internal readonly record struct Caller(ListenerOptions Listener, IPAddress Source);

/// <summary>A clock that never goes back, in ticks.</summary>
internal static class Ticks
{
    /// <summary>The time.</summary>
    public static long Of(TimeProvider time) => (long)((Int128)time.GetTimestamp() * TimeSpan.TicksPerSecond / time.TimestampFrequency);
}
