using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>What is taken for a sign that somebody claims to be a device that he is not. Rules say what follows.</summary>
public sealed record ImpersonationOptions
{
    /// <summary>How long a signal stands and a tried serial number counts. The default value is 1 hour.</summary>
    public TimeSpan SignalLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Within which time one device may not come from two distant networks. The default value is 5 minutes.</summary>
    public TimeSpan NetworkTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Networks that are one place together; any other IPv4 /16 or IPv6 /32 is a place of its own.</summary>
    public IReadOnlyList<AccessNetworkOptions> AccessNetworks { get; init; } = [];

    /// <summary>Bootstraps of one device that are ordinary within <see cref="BootstrapTime"/>. The default value is 3.</summary>
    public int Bootstraps { get; init; } = 3;

    /// <summary>The time for that. The default value is 1 day.</summary>
    public TimeSpan BootstrapTime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Names that no device has, <c>OUI-ProductClass-SerialNumber</c> with <c>*</c> for any characters: who uses one is no device.</summary>
    public IReadOnlyList<string> Canaries { get; init; } = [];

    /// <summary>Strangers and devices remembered at one time, each. The default value is 262,144.</summary>
    public int Entries { get; init; } = 1 << 18;

    /// <summary>The settings as the core takes them.</summary>
    internal ImpersonationSettings ToSettings() => new()
    {
        SignalLife = SignalLife,
        NetworkTime = NetworkTime,
        AccessNetworks = [.. AccessNetworks.Select(network => AddressSet.Networks(network.Networks))],
        Bootstraps = Bootstraps,
        BootstrapTime = BootstrapTime,
        Canaries = Canaries,
        Entries = Entries,
    };
}

/// <summary>Networks of one access region: devices keep to it while their addresses change.</summary>
public sealed record AccessNetworkOptions
{
    /// <summary>Addresses and networks (CIDR), IPv4 and IPv6.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];
}
