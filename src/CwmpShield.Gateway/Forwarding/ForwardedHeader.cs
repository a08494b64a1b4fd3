using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Writes the Forwarded header (RFC 7239) that tells the ACS where a message came from. What a device sends by that name is never passed on.</summary>
internal static class ForwardedHeader
{
    /// <summary>The header's value.</summary>
    /// <param name="source">The device's address.</param>
    /// <param name="isTls">Whether it came over TLS.</param>
    /// <param name="by">The gateway's name or address; empty leaves <c>by</c> out.</param>
    public static string Write(IPAddress source, bool isTls, string by)
    {
        var header = $"for={Node(source)};proto={(isTls ? "https" : "http")}";
        return by.Length == 0 ? header : header + ";by=" + Node(by);
    }

    /// <summary>RFC 7239 6: an IPv6 address stands in brackets, and what has characters outside a token is quoted.</summary>
    private static string Node(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var plain = new IPAddress(address.GetAddressBytes());
        return $"\"[{plain}]\"";
    }

    private static string Node(string name)
    {
        if (IPAddress.TryParse(name, out var address))
        {
            return Node(address);
        }

        return name.All(IsTokenCharacter) ? name : "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
