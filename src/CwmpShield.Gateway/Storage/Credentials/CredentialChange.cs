using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Gateway.Storage.Credentials;

/// <summary>What a credential is for.</summary>
public enum CredentialPurpose
{
    /// <summary>The device logs in with it, at the gateway and at its ACS.</summary>
    Login = 0,

    /// <summary>The device is called with it.</summary>
    ConnectionRequest,
}

/// <summary>One event in the life of a device's credential. It is written whole or not at all.</summary>
public sealed record CredentialChange
{
    /// <summary>Key of the device's row.</summary>
    public required long Device { get; init; }

    /// <summary>Which of its credentials.</summary>
    public CredentialPurpose Purpose { get; init; }

    /// <summary>The state after the event; nothing is written where it is the state before.</summary>
    public required Func<RotatingCredential, RotatingCredential> Apply { get; init; }

    /// <summary>A user that must be nobody else's; null where none is taken.</summary>
    public string? TakesUser { get; init; }

    /// <summary>Why a secret that is new with this is weak, null where nothing is known against it.</summary>
    public string? Weakness { get; init; }

    /// <summary>Why a device in the bootstrap lane leaves it with this; null where it stays.</summary>
    public string? LeavesLane { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What came of a <see cref="CredentialChange"/>.</summary>
/// <param name="IsUserTaken">The user belongs to another device, or is shared: nothing was written.</param>
/// <param name="Before">The state before.</param>
/// <param name="Row">The device and its login credentials afterwards.</param>
public sealed record CredentialResult(bool IsUserTaken, RotatingCredential Before, DeviceRecord Row);
