using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>The configuration of endpoints as the checks want it.</summary>
internal static class EndpointPolicies
{
    private static readonly EndpointPolicy Default = new();

    /// <summary>The policy of checked <paramref name="options"/>.</summary>
    public static EndpointPolicy Of(EndpointOptions options) => new()
    {
        AccessNetworks = Networks(options.AccessNetworks),
        ManagementNetworks = Networks(options.ManagementNetworks),
        Ports = options.Ports.Count == 0 ? Default.Ports : Ports(options.Ports),
        Paths = options.Paths,
        Tr064Ports = options.Tr064Ports.Count == 0 ? Default.Tr064Ports : Ports(options.Tr064Ports),
        Tr064Paths = options.Tr064Paths.Count == 0 ? Default.Tr064Paths : options.Tr064Paths,
        AllowHttp = options.AllowHttp,
        AllowNames = options.AllowNames,
    };

    private static IpValue[] Networks(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => IpValue.TryParse(text, out var network) ? network : (IpValue?)null).OfType<IpValue>()];

    private static PortRange[] Ports(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => PortRange.TryParse(text, out var range) ? range : (PortRange?)null).OfType<PortRange>()];
}
