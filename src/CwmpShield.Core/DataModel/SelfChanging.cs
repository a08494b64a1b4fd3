using System.Buffers;
using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.DataModel;

/// <summary>Parameters that hold another value than was ordered by nature: switches that fall back, states, counters, clocks, and what DHCP gives.</summary>
public static class SelfChanging
{
    private static readonly FrozenSet<string> Steps = new[]
    {
        "diagnosticsstate", "parameterkey", "uptime", "uptimesinceboot", "currentlocaltime", "lastchange", "lastconnectionerror", "channel", "schedulereboot", "delayreboot",
        "requesteddownloadstate",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Switches =
        SearchValues.Create(["reset", "reboot", "apply", "commit", "trigger", "refresh", "restart", "renew", "clear", "scan"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Counters = SearchValues.Create([".stats.", ".statistics."], StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Leased = new[]
    {
        "externalipaddress", "ipaddress", "subnetmask", "defaultgateway", "dnsservers", "dnsserver", "gatewayipaddress", "ntpservers",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the parameters beside a leased one that say how it got its value.</summary>
    public static IReadOnlyList<string> Origins { get; } = ["AddressingType", "Type", "Origin"];

    /// <summary>Whether the device changes it itself after it was ordered.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ordered">The value that was ordered.</param>
    public static bool Is(string name, string ordered)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(ordered);
        var step = ParameterPath.LastStep(name);
        if (Steps.GetAlternateLookup<ReadOnlySpan<char>>().Contains(step) || step.EndsWith("Status", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isOn = ordered.Trim() is "1" || ordered.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
        return (isOn && step.ContainsAny(Switches)) || name.AsSpan().ContainsAny(Counters);
    }

    /// <summary>Whether it may be given by DHCP or the like, where <see cref="Origins"/> beside it say so.</summary>
    public static bool MayBeLeased(string name) => Leased.GetAlternateLookup<ReadOnlySpan<char>>().Contains(ParameterPath.LastStep(name));

    /// <summary>Whether a value of one of <see cref="Origins"/> says that it is given.</summary>
    public static bool IsLease(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.Contains("DHCP", StringComparison.OrdinalIgnoreCase)
            || origin.Trim() is "IPCP" or "AutoIP" or "RouterAdvertisement" or "AutoConfigured";
    }
}
