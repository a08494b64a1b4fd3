using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>A change of a device's status, by an operator or by a rule.</summary>
/// <param name="To">What it becomes.</param>
/// <param name="From">What it must be for that: a disabled device is not let in by a quarantine.</param>
/// <param name="Reason">The operator's words, or the rule's id; at most 256 characters, no control characters.</param>
/// <param name="At">When.</param>
public sealed record StatusChange(DeviceStatus To, IReadOnlyList<DeviceStatus> From, string Reason, DateTimeOffset At)
{
    /// <summary>Only Informs from now on.</summary>
    public static StatusChange Quarantine(string reason, DateTimeOffset at) =>
        new(DeviceStatus.Quarantined, [DeviceStatus.Active, DeviceStatus.Bootstrap], reason, at);

    /// <summary>Out of quarantine.</summary>
    public static StatusChange Release(string reason, DateTimeOffset at) => new(DeviceStatus.Active, [DeviceStatus.Quarantined], reason, at);

    /// <summary>Into the bootstrap lane.</summary>
    public static StatusChange ToBootstrap(string reason, DateTimeOffset at) => new(DeviceStatus.Bootstrap, [DeviceStatus.Active], reason, at);

    /// <summary>Out of the bootstrap lane, without a rotation.</summary>
    public static StatusChange FromBootstrap(string reason, DateTimeOffset at) => new(DeviceStatus.Active, [DeviceStatus.Bootstrap], reason, at);

    /// <summary>Not let in any more.</summary>
    public static StatusChange Disable(string reason, DateTimeOffset at) =>
        new(DeviceStatus.Disabled, [DeviceStatus.Active, DeviceStatus.Bootstrap, DeviceStatus.Quarantined], reason, at);

    /// <summary>Let in again.</summary>
    public static StatusChange Enable(string reason, DateTimeOffset at) => new(DeviceStatus.Active, [DeviceStatus.Disabled], reason, at);
}
