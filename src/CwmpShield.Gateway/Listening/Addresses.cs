using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Gateway.Listening;

/// <summary>One form for one address.</summary>
internal static class Addresses
{
    /// <summary>The endpoint with an IPv4-mapped address written as IPv4, so that lists and counts see one address.</summary>
    public static IPEndPoint Unmap(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;

    /// <summary>What one subscriber has, and counts as one source: an IPv4 address, mapped or not, or the /64 of an IPv6 address, named by its first one.</summary>
    public static IPAddress Subscriber(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6)
        {
            return source.MapToIPv4();
        }

        if (source.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return source;
        }

        Span<byte> bytes = stackalloc byte[16];
        source.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
