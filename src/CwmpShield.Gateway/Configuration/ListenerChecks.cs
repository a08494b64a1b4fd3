using System.Net;
using CwmpShield.Gateway.Listening;
using Yarp.ReverseProxy.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Name, place, paths and proxies of one listener.</summary>
internal static class ListenerChecks
{
    private const int MaxName = 32;
    private const int MaxPath = 256;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ListenerOptions listener, IReadOnlyList<ClusterConfig> clusters, ConfigurationProblems problems)
    {
        problems.Require(
            listener.Name.Length <= MaxName && listener.Name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'),
            $"{key}:Name",
            listener.Name,
            $"at most {MaxName} letters, digits, '-' or '_': it becomes a metric label");
        problems.Require(IPAddress.TryParse(listener.Address, out _), $"{key}:Address", listener.Address, "an IP address; 0.0.0.0 or :: for all");
        problems.Range($"{key}:Port", listener.Port, 0, 65535);
        problems.Require(
            clusters.Any(cluster => cluster.ClusterId.Equals(listener.Cluster, StringComparison.OrdinalIgnoreCase)),
            $"{key}:Cluster",
            listener.Cluster,
            clusters.Count == 0 ? "a cluster of ReverseProxy:Clusters" : "one of " + string.Join(", ", clusters.Select(cluster => cluster.ClusterId)));
        Paths(key, listener, problems);
        Proxies(key, listener, problems);
    }

    private static void Paths(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        problems.Require(listener.Paths.Count > 0, $"{key}:Paths", "", "at least one path");
        for (var i = 0; i < listener.Paths.Count; i++)
        {
            var path = listener.Paths[i];
            problems.Require(
                path.StartsWith('/') && path.Length <= MaxPath && path.All(character => character is > ' ' and < '\x7f' and not '#'),
                $"{key}:Paths:{i}",
                path,
                "a request target as devices send it, starting with /");
        }
    }

    /// <summary>Adds what is wrong with its proxies.</summary>
    internal static void Proxies(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        if (listener.ProxyProtocol)
        {
            problems.Require(listener.TrustedProxies.Count > 0, $"{key}:TrustedProxies", "", "the addresses of the proxies that send a PROXY header");
        }
        else
        {
            problems.Require(
                listener.TrustedProxies.Count == 0,
                $"{key}:ProxyProtocol",
                listener.ProxyProtocol,
                "true, or no TrustedProxies: nothing else looks at them");
        }

        for (var i = 0; i < listener.TrustedProxies.Count; i++)
        {
            problems.Require(
                AddressSet.TryParse(listener.TrustedProxies[i], out var network) && network.PrefixLength > 0,
                $"{key}:TrustedProxies:{i}",
                listener.TrustedProxies[i],
                "an address or network (192.0.2.0/24), not all of them");
        }
    }
}
