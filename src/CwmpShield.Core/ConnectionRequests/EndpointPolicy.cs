using System.Globalization;
using System.Runtime.InteropServices;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>What the operator lets devices say of where they are called. Immutable.</summary>
public sealed record EndpointPolicy
{
    /// <summary>
    /// Networks where devices are, besides the address that each comes from. A loopback, link-local or translated address passes only
    /// where one of these lies wholly inside that special range: <c>0.0.0.0/0</c> opens none of them.
    /// </summary>
    public IReadOnlyList<IpValue> AccessNetworks { get; init; } = [];

    /// <summary>Networks where no device is, whatever it says and wherever it comes from.</summary>
    public IReadOnlyList<IpValue> ManagementNetworks { get; init; } = [];

    /// <summary>Ports that may be called. The default values are 80, 443 and 1024–65535.</summary>
    public IReadOnlyList<PortRange> Ports { get; init; } = [new(80, 80), new(443, 443), new(1024, 65535)];

    /// <summary>Paths that may be called begin with one of these, to the character. None: every path.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Ports of TR-064 and UPnP. The default values are 1900, 5000, 5431, 5555, 37215, 49000, 49152 and 52869.</summary>
    public IReadOnlyList<PortRange> Tr064Ports { get; init; } =
    [
        new(1900, 1900), new(5000, 5000), new(5431, 5431), new(5555, 5555), new(37215, 37215), new(49000, 49000), new(49152, 49152), new(52869, 52869),
    ];

    /// <summary>
    /// Path segments of TR-064 and UPnP, without case: <c>/UD/</c> is a segment <c>UD</c> anywhere in the path, <c>/tr064</c> one that
    /// begins so.
    /// </summary>
    public IReadOnlyList<string> Tr064Paths { get; init; } =
        ["/UD/", "/upnp/", "/ctrlt/", "/igdupnp/", "/upnphost/", "/igd2upnp/", "/HNAP1/", "/tr064", "/soap/", "/wanipcn"];

    /// <summary>Whether http is called, or https alone. The default value is true.</summary>
    public bool AllowHttp { get; init; } = true;

    /// <summary>Whether names are taken, which are resolved when they are called. The default value is false.</summary>
    public bool AllowNames { get; init; }
}

/// <summary>Ports from first to last.</summary>
/// <param name="First">1–65535.</param>
/// <param name="Last">Not below <paramref name="First"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>Whether <paramref name="port"/> is one of them.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>Reads <c>7547</c> or <c>1024-65535</c>.</summary>
    public static bool TryParse(string text, out PortRange range)
    {
        range = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = dash < 0 ? text : text[..dash];
        var last = dash < 0 ? text : text[(dash + 1)..];
        if (!TryPort(first, out var from) || !TryPort(last, out var to) || to < from)
        {
            return false;
        }

        range = new PortRange(from, to);
        return true;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= ushort.MaxValue;
}
