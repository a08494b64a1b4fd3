using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Gateway.Identity;

/// <summary>What an HTTP credential comes to. Closed.</summary>
internal abstract record CredentialStanding
{
    private CredentialStanding()
    {
    }

    /// <summary>None was sent.</summary>
    public sealed record Absent : CredentialStanding;

    /// <summary>The device's own user and password.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Row">The device.</param>
    /// <param name="Slot">Which of its secrets it was.</param>
    /// <param name="Credential">User and secret.</param>
    public sealed record Own(string User, RegisteredDevice Row, CredentialSlot Slot, DeviceCredential Credential) : CredentialStanding;

    /// <summary>A shared user with its password: it proves the fleet, not the device.</summary>
    /// <param name="User">The user.</param>
    public sealed record Shared(string User) : CredentialStanding;

    /// <summary>A user whose password nobody has told the gateway: good beside a certificate of the same device, else wrong.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Name">The device that the user names.</param>
    public sealed record Unverifiable(string User, DeviceName Name) : CredentialStanding;

    /// <summary>It was not looked at: too many were wrong before it.</summary>
    /// <param name="Reason">Why, a <see cref="Core.Identity.Limits.LimitReason"/>.</param>
    /// <param name="Wait">How long until it would be.</param>
    public sealed record Throttled(string Reason, TimeSpan Wait) : CredentialStanding;

    /// <summary>It proves nothing.</summary>
    /// <param name="Reason">Why, an <see cref="IdentityReason"/>.</param>
    public sealed record Refused(string Reason) : CredentialStanding;
}
