namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>What a device's connection-request endpoint is asked: reads of descriptions that every UPnP control point makes, and nothing that changes anything.</summary>
public static class ExposureQuestion
{
    /// <summary>
    /// Descriptions of TR-064 and UPnP devices, where known firmware has them, and HNAP's. Each is read by GET; the control URLs beside
    /// them are never touched.
    /// </summary>
    public static IReadOnlyList<string> Descriptions { get; } =
    [
        "/tr64desc.xml", "/rootDesc.xml", "/igddesc.xml", "/igdupnp/igddesc.xml", "/upnp/IGD.xml", "/gatedesc.xml", "/description.xml", "/UD/?3", "/HNAP1/",
    ];

    /// <summary>The request for <paramref name="target"/>, worded by the gateway alone, without credentials.</summary>
    public static byte[] Request(DeviceEndpoint endpoint, string target) => System.Text.Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nUser-Agent: CwmpShield exposure scan\r\nConnection: close\r\n\r\n");
}
