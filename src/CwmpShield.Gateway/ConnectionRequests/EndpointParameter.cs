using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Which parameters tell where a device is called.</summary>
internal static class EndpointParameter
{
    private const string Url = "ConnectionRequestURL";
    private const string Udp = "UDPConnectionRequestAddress";

    private static readonly string[] Objects = ["Device.ManagementServer.", "InternetGatewayDevice.ManagementServer."];

    /// <summary>
    /// Whether it is ConnectionRequestURL, of whatever object and however written, a vendor's too: an ACS that reads leniently (by the end of a
    /// name, as some do) must not get the device's own.
    /// </summary>
    public static bool IsUrl(string name) => EndsWith(name, Url);

    /// <summary>Whether it is UDPConnectionRequestAddress, of whatever object and however written.</summary>
    public static bool IsUdp(string name) => EndsWith(name, Udp);

    /// <summary>Whether a value under this name is believed: the standard models' own names and no others.</summary>
    public static bool IsStandard(string name) => Array.Exists(
        Objects, known => name.StartsWith(known, StringComparison.Ordinal) && name.AsSpan(known.Length) is Url or Udp);

    private static bool EndsWith(string name, string end) =>
        ParameterPath.LastStep(name.AsSpan().Trim()).Trim().EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
