using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Which parameters tell where a device is called.</summary>
internal static class EndpointParameter
{
    private const string Url = ".managementserver.connectionrequesturl";
    private const string Udp = ".managementserver.udpconnectionrequestaddress";

    /// <summary>Whether it is ConnectionRequestURL, of whatever root and however written: an ACS that reads leniently must not get the device's own.</summary>
    public static bool IsUrl(string name) => EndsWith(name, Url);

    /// <summary>Whether it is UDPConnectionRequestAddress, of whatever root and however written.</summary>
    public static bool IsUdp(string name) => EndsWith(name, Udp);

    /// <summary>Whether a value under this name is believed: the standard models' own names and no others.</summary>
    public static bool IsStandard(string name) =>
        name.StartsWith("Device.ManagementServer.", StringComparison.Ordinal) || name.StartsWith("InternetGatewayDevice.ManagementServer.", StringComparison.Ordinal);

    /// <summary>The last step alone tells for all but a few of the thousands of names that a report may have.</summary>
    private static bool EndsWith(string name, string end) =>
        ParameterPath.LastStep(name.AsSpan().Trim()).Trim().Equals(end.AsSpan(end.LastIndexOf('.') + 1), StringComparison.OrdinalIgnoreCase)
        && ParameterPath.ShapeOf(name).EndsWith(end, StringComparison.Ordinal);
}
