using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Who can use an address can use those around it: one IPv4 address, or an IPv6 network of 64 bits.</summary>
internal static class AddressGroup
{
    /// <summary>The address itself, or the network's first one.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
