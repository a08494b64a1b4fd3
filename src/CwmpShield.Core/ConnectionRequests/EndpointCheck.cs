using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>
/// Decides of what a device says where it is called: it chooses every character of it, and whoever calls it does so from inside the
/// operator's network with the device's credentials (CWE-918).
/// </summary>
public static class EndpointCheck
{
    /// <summary>Characters of the longest URL (TR-098 and TR-181 have string(256)).</summary>
    public const int MaxLength = 256;

    /// <summary>Checks a ConnectionRequestURL; on false <paramref name="reason"/> is a <see cref="ConnectionRequestReason"/>.</summary>
    /// <param name="url">The value as the device told it.</param>
    /// <param name="source">The address that the device's own connection came from, null when that is not known.</param>
    /// <param name="policy">The operator's.</param>
    /// <param name="endpoint">What may be called; a name's addresses have yet to pass <see cref="AddressCheck"/> when it is.</param>
    /// <param name="reason">Why not, else empty.</param>
    public static bool TryCheck(string url, in IpValue? source, EndpointPolicy policy, out DeviceEndpoint? endpoint, out string reason)
    {
        endpoint = null;
        reason = Read(url, out var value);
        if (value is null)
        {
            return false;
        }

        reason = Judge(value, source, policy);
        if (reason.Length > 0)
        {
            return false;
        }

        endpoint = new DeviceEndpoint(
            value.Scheme == "https",
            value.Host,
            value.Query.Length == 0 ? value.Path : $"{value.Path}?{value.Query}",
            value.Host.Address is { } address && address == source);
        return true;
    }

    /// <summary>Checks a UDPConnectionRequestAddress: <c>address:port</c>, or an address with the port that Annex G implies (7547).</summary>
    /// <param name="text">The value as the device told it.</param>
    /// <param name="source">The address that the device's own connection came from, null when that is not known.</param>
    /// <param name="policy">The operator's; its ports count, its paths do not.</param>
    /// <param name="endpoint">What may be called.</param>
    /// <param name="reason">Why not, else empty.</param>
    public static bool TryCheckUdp(string text, in IpValue? source, EndpointPolicy policy, out UdpEndpoint? endpoint, out string reason)
    {
        endpoint = null;
        if (text.Length == 0 || text.Length > MaxLength)
        {
            reason = text.Length == 0 ? ConnectionRequestReason.EndpointMissing : ConnectionRequestReason.EndpointTooLong;
            return false;
        }

        if (!HostValue.TryParse(text, out var host) || host.Address is not { } address)
        {
            reason = host.Name?.Length > 0 ? ConnectionRequestReason.EndpointHostName : ConnectionRequestReason.EndpointUnreadable;
            return false;
        }

        var port = host.Port == 0 ? 7547 : host.Port;
        reason = AddressCheck.Judge(address, source, policy);
        if (reason.Length == 0)
        {
            reason = JudgePort(port, policy);
        }

        endpoint = reason.Length == 0 ? new UdpEndpoint(address, port, address == source) : null;
        return endpoint is not null;
    }

    private static string Read(string url, out UrlValue? value)
    {
        value = null;
        if (url.Length == 0)
        {
            return ConnectionRequestReason.EndpointMissing;
        }

        if (url.Length > MaxLength)
        {
            return ConnectionRequestReason.EndpointTooLong;
        }

        foreach (var c in url)
        {
            if (c is <= ' ' or > '~')
            {
                return ConnectionRequestReason.EndpointUnreadable;
            }
        }

        return UrlValue.TryParse(url, out value) ? "" : ConnectionRequestReason.EndpointUnreadable;
    }

    private static string Judge(UrlValue url, in IpValue? source, EndpointPolicy policy)
    {
        if (url.Scheme != "https" && !(url.Scheme == "http" && policy.AllowHttp))
        {
            return ConnectionRequestReason.EndpointScheme;
        }

        if (url.HasUserInfo)
        {
            return ConnectionRequestReason.EndpointUserInfo;
        }

        // Before the address: a device that shows its home management to strangers is told so, wherever it is.
        if (Tr064Endpoint.Is(url, policy))
        {
            return ConnectionRequestReason.Tr064EndpointReuse;
        }

        var reason = url.Host.Address is { } address ? AddressCheck.Judge(address, source, policy)
            : policy.AllowNames ? "" : ConnectionRequestReason.EndpointHostName;
        if (reason.Length == 0)
        {
            reason = JudgePort(url.Host.Port, policy);
        }

        return reason.Length > 0 || IsAllowedPath(url.Path, policy) ? reason : ConnectionRequestReason.EndpointPath;
    }

    private static string JudgePort(int port, EndpointPolicy policy) =>
        policy.Tr064Ports.Any(range => range.Contains(port)) ? ConnectionRequestReason.Tr064EndpointReuse
        : policy.Ports.Any(range => range.Contains(port)) ? ""
        : ConnectionRequestReason.EndpointPort;

    private static bool IsAllowedPath(string path, EndpointPolicy policy) =>
        policy.Paths.Count == 0 || policy.Paths.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal));
}
