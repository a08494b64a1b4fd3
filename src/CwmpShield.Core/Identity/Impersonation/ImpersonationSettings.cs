using System.Net;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>What <see cref="Impersonation"/> takes for odd.</summary>
public sealed record ImpersonationSettings
{
    /// <summary>How long a tried serial counts and a signal stands. The default value is 1 hour.</summary>
    public TimeSpan SignalLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Within which time a device may not come from two distant networks. The default value is 5 minutes.</summary>
    public TimeSpan NetworkTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Networks that belong together, each one place; any other IPv4 /16 or IPv6 /32 is a place of its own.</summary>
    public IReadOnlyList<IReadOnlyList<IPNetwork>> AccessNetworks { get; init; } = [];

    /// <summary>Bootstraps of one device that are ordinary within <see cref="BootstrapTime"/>. The default value is 3.</summary>
    public int Bootstraps { get; init; } = 3;

    /// <summary>The time for that. The default value is 1 day.</summary>
    public TimeSpan BootstrapTime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Names that no device has: <c>OUI-ProductClass-SerialNumber</c>, with <c>*</c> for any characters.</summary>
    public IReadOnlyList<string> Canaries { get; init; } = [];

    /// <summary>Parties remembered at one time, of strangers and of devices each. The default value is 262,144: 24 MiB each when full.</summary>
    public int Entries { get; init; } = 1 << 18;
}
