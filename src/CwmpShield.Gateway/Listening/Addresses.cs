using System.Net;

namespace CwmpShield.Gateway.Listening;

/// <summary>One form for one address.</summary>
internal static class Addresses
{
    /// <summary>The endpoint with an IPv4-mapped address written as IPv4, so that lists and counts see one address.</summary>
    public static IPEndPoint Unmap(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
