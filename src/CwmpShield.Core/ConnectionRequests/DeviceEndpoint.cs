using System.Globalization;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>Where a device takes connection requests over HTTP, as <see cref="EndpointCheck"/> let it pass.</summary>
/// <param name="IsTls">Whether it is https.</param>
/// <param name="Host">Address, or name where names are allowed, with the port.</param>
/// <param name="Target">Path and query as they are sent: visible ASCII, begins with a slash.</param>
/// <param name="IsObserved">Whether the address is the one that the device's own connection came from.</param>
public sealed record DeviceEndpoint(bool IsTls, HostValue Host, string Target, bool IsObserved)
{
    /// <summary>The value of the Host header: the port left out where it is the scheme's own.</summary>
    public string Authority => EndpointText.Authority(Host, IsTls ? 443 : 80);

    /// <summary>The whole URL in its one form.</summary>
    public string Url => $"{(IsTls ? "https" : "http")}://{Authority}{Target}";

    /// <summary>Address or name with port: two devices with one of these cannot both be there.</summary>
    public string Place => EndpointText.Authority(Host, 0);

    /// <summary>Reads what <see cref="Url"/> wrote; null where it is nothing of the kind. It has yet to be checked before it is called.</summary>
    public static DeviceEndpoint? Parse(string url, bool isObserved) =>
        UrlValue.TryParse(url, out var value) && value is { Scheme: "http" or "https", HasUserInfo: false }
            ? new DeviceEndpoint(value.Scheme == "https", value.Host, value.Query.Length == 0 ? value.Path : $"{value.Path}?{value.Query}", isObserved)
            : null;
}

/// <summary>Where a device takes connection requests over UDP (TR-069 Annex G), as <see cref="EndpointCheck"/> let it pass.</summary>
/// <param name="Address">The address; a name is never taken.</param>
/// <param name="Port">The port.</param>
/// <param name="IsObserved">Whether the address is the one that the device's own connection came from.</param>
public sealed record UdpEndpoint(IpValue Address, int Port, bool IsObserved)
{
    /// <summary>Address and port: two devices with one of these cannot both be there.</summary>
    public string Place => EndpointText.Authority(new HostValue("", Address, Port), 0);

    /// <summary>Reads what <see cref="Place"/> wrote; null where it is nothing of the kind.</summary>
    public static UdpEndpoint? Parse(string place, bool isObserved) =>
        HostValue.TryParse(place, out var host) && host is { Address: { } address, Port: > 0 } ? new UdpEndpoint(address, host.Port, isObserved) : null;
}

/// <summary>Writes hosts.</summary>
internal static class EndpointText
{
    /// <summary>Host and port as a URL has them; the port left out where it is <paramref name="impliedPort"/>.</summary>
    public static string Authority(HostValue host, int impliedPort)
    {
        var name = host.Address is not { } ip ? host.Name : ip.IsV6 ? $"[{ip.ToAddress()}]" : ip.ToAddress().ToString();
        return host.Port == impliedPort ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{host.Port}");
    }
}
