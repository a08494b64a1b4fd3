using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity;

/// <summary>What rules may know of a session's device: its binding and what the registry holds of it. Never a secret.</summary>
public sealed record DeviceTraits
{
    /// <summary>Nobody: no device is bound yet.</summary>
    public static DeviceTraits Unknown { get; } = new();

    /// <summary>The bound DeviceId, null before binding.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>How strongly it has proven itself.</summary>
    public IdentityStrength Strength { get; init; }

    /// <summary>Its status in the registry, null where the registry does not know it.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>Groups (tags) of the registry row.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Software version as last informed; empty when never.</summary>
    public string SoftwareVersion { get; init; } = "";

    /// <summary>Highest software version that it ever informed, as the registry keeps it; empty when never.</summary>
    public string HighestSoftwareVersion { get; init; } = "";

    /// <summary>Hardware version as last informed; empty when never.</summary>
    public string HardwareVersion { get; init; } = "";
}
