using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// One CWMP session of one device: who it is, whose turn it is, and its own connection to the ACS. One exchange at a time is
/// inside it; whoever is inside when it is to end, ends it.
/// </summary>
internal sealed class DeviceSession
{
    private readonly Lock sync = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isBusy;
    private string? outcome;
    private DateTimeOffset expiresAt = DateTimeOffset.MaxValue;

    /// <summary>Its name in records and pages: no secret, and later ones sort behind earlier ones.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>The value of the cookie that names it.</summary>
    public required string Cookie { get; init; }

    /// <summary>The listener that it came in by.</summary>
    public required ListenerOptions Listener { get; init; }

    /// <summary>The device's address when the session began.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>What the ACS is told of where it came from (RFC 7239).</summary>
    public required string Forwarded { get; init; }

    /// <summary>Who the connection had proven to be.</summary>
    public required ProvenIdentity Proven { get; init; }

    /// <summary>The device that certificate, credential and Inform agree on.</summary>
    public required RegisteredDevice Device { get; init; }

    /// <summary>Its place in the table.</summary>
    public SessionKey Key => SessionKey.Of(Device.Device, Strength, Source);

    /// <summary>The <c>urn:dslforum-org:cwmp-1-N</c> of its Inform.</summary>
    public required string CwmpNamespace { get; init; }

    /// <summary>Who it is counted as.</summary>
    public Party Party { get; init; }

    /// <summary>How strongly it has proven itself.</summary>
    public required IdentityStrength Strength { get; init; }

    /// <summary>Whose turn it is. Only for whoever is inside.</summary>
    public required CwmpSession Turns { get; init; }

    /// <summary>What the session has taught. Only for whoever is inside.</summary>
    public SessionFacts Facts { get; } = new();

    /// <summary>What participants keep of it. Only for whoever is inside.</summary>
    public SessionNotes Notes { get; } = new();

    /// <summary>The pinned connection to the ACS, null before the first message goes there.</summary>
    public AcsConnection? Upstream { get; set; }

    /// <summary>Hardware version of its Inform; empty when it told none.</summary>
    public string HardwareVersion { get; init; } = "";

    /// <summary>Whether the gateway alone answers this device: it is in quarantine, and nothing of it reaches the ACS.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>Whether it is over for the device, though the ACS may still be told so.</summary>
    public bool IsEnding
    {
        get
        {
            lock (sync)
            {
                return outcome is not null;
            }
        }
    }

    /// <summary>Completes when the ACS has been told and the connection is closed.</summary>
    public Task Closed => closed.Task;

    /// <summary>The device as rules see it.</summary>
    public DeviceTraits Traits => new()
    {
        Device = Device.Device,
        Strength = Strength,
        Status = Device.Key == 0 ? null : Device.Status,
        Groups = Device.Groups,
        SoftwareVersion = Device.SoftwareVersion,
        HighestSoftwareVersion = Device.HighestSoftwareVersion,
        HardwareVersion = HardwareVersion,
    };

    /// <summary>Goes inside for one exchange; false while another is, or once the session is ending.</summary>
    public bool TryEnter()
    {
        lock (sync)
        {
            if (isBusy || outcome is not null)
            {
                return false;
            }

            return isBusy = true;
        }
    }

    /// <summary>A message of the device has begun to arrive; a slow line is not its silence, until <paramref name="latest"/>.</summary>
    public void Arrives(DateTimeOffset latest)
    {
        lock (sync)
        {
            expiresAt = latest > expiresAt ? latest : expiresAt;
        }
    }

    /// <summary>Goes out; the device's silence begins. The word for the session's end where the caller has to end it now, else null.</summary>
    public string? Leave(DateTimeOffset now)
    {
        lock (sync)
        {
            isBusy = false;
            Turns.BeginSilence(now);
            expiresAt = Turns.ExpiresAt;
            return outcome;
        }
    }

    /// <summary>Lets nobody in any more; <paramref name="word"/> says how the session ended, the first one counts.</summary>
    /// <returns>True where the caller has to end it now: nobody is inside.</returns>
    public bool RequestEnd(string word)
    {
        lock (sync)
        {
            if (outcome is not null)
            {
                return false;
            }

            outcome = word;
            return !isBusy;
        }
    }

    /// <summary>Lets nobody in any more where the device has been silent for too long; a slow ACS is not its silence.</summary>
    /// <returns>True where the caller has to end it now.</returns>
    public bool TryExpire(DateTimeOffset now)
    {
        lock (sync)
        {
            if (isBusy || outcome is not null || now <= expiresAt)
            {
                return false;
            }

            outcome = SessionOutcome.Timeout;
            return true;
        }
    }

    /// <summary>How it ended; empty while it goes on.</summary>
    public string Outcome
    {
        get
        {
            lock (sync)
            {
                return outcome ?? "";
            }
        }
    }

    /// <summary>Closes the connection to the ACS.</summary>
    public void Close()
    {
        Upstream?.Dispose();
        closed.TrySetResult();
    }
}
