using System.Net;
using System.Net.Sockets;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// The names that the management listener answers to. A page in an operator's browser can reach it under a name of its own (DNS
/// rebinding): that name is not among them.
/// </summary>
internal sealed class ManagementHosts
{
    private readonly HashSet<string> names;

    /// <summary>The configured names, and on loopback those of loopback.</summary>
    public ManagementHosts(ManagementOptions options)
    {
        var configured = options.Hosts.Select(Literal);
        names = new(options.IsLocal ? configured.Concat(["localhost", "127.0.0.1", "[::1]", Literal(options.Address)]) : configured, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether <paramref name="host"/>, without its port, is one of them.</summary>
    public bool Contains(string host) => names.Contains(host);

    /// <summary>As a Host header writes it: an IPv6 address in brackets.</summary>
    private static string Literal(string name) =>
        IPAddress.TryParse(name.Trim('[', ']'), out var address)
            ? address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString()
            : name;
}
