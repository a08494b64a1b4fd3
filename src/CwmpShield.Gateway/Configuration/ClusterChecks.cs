using Microsoft.Extensions.Configuration;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;

namespace CwmpShield.Gateway.Configuration;

/// <summary>
/// The <c>ReverseProxy</c> section: YARP's clusters, without what the gateway does itself. Routes are the listeners', sessions
/// pin their destination and own their connection, and each of those would be undone by a setting that YARP would take.
/// </summary>
internal static class ClusterChecks
{
    private static readonly string[] Balancing =
    [
        LoadBalancingPolicies.FirstAlphabetical, LoadBalancingPolicies.Random, LoadBalancingPolicies.RoundRobin,
        LoadBalancingPolicies.LeastRequests, LoadBalancingPolicies.PowerOfTwoChoices,
    ];

    private static readonly Dictionary<Type, string> Refused = new()
    {
        [typeof(HttpClientConfig)] = "nothing: each session owns its connection; TLS is set in CwmpShield:Acs:Tls",
        [typeof(SessionAffinityConfig)] =
            "nothing: the gateway itself keeps a session at its destination (and the policy HashCookie cannot run in this build)",
    };

    /// <summary>Binds the clusters and adds what is wrong to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<ClusterConfig> Read(IConfigurationSection section, ConfigurationProblems problems)
    {
        var reader = new OptionsReader(problems, Refused);
        foreach (var child in section.GetChildren().Where(child => !child.Key.Equals("Clusters", StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add(child.Path, child.Value ?? "a section", "Clusters alone: what is routed follows from the listeners");
        }

        var all = section.GetSection("Clusters").GetChildren().ToList();
        problems.Require(all.Count > 0, $"{section.Path}:Clusters", "", "at least one cluster with at least one destination");
        return [.. all.Select(one => ReadOne(one, reader, problems))];
    }

    /// <summary>Whether <paramref name="text"/> is an absolute http or https URL that carries no user.</summary>
    public static bool IsHttpUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;

    private static ClusterConfig ReadOne(IConfigurationSection section, OptionsReader reader, ConfigurationProblems problems)
    {
        var cluster = reader.Read<ClusterConfig>(section) with { ClusterId = section.Key };
        problems.Require(
            cluster.LoadBalancingPolicy is null || Balancing.Contains(cluster.LoadBalancingPolicy, StringComparer.OrdinalIgnoreCase),
            $"{section.Path}:LoadBalancingPolicy",
            cluster.LoadBalancingPolicy,
            "one of " + string.Join(", ", Balancing));
        problems.Require(
            cluster.HttpRequest?.Version is null or { Major: 1, Minor: 1 },
            $"{section.Path}:HttpRequest:Version",
            cluster.HttpRequest?.Version,
            "1.1: a CWMP session lives on one HTTP/1.1 connection");
        Destinations(section, cluster.Destinations?.ToArray() ?? [], problems);
        return cluster;
    }

    private static void Destinations(IConfigurationSection section, KeyValuePair<string, DestinationConfig>[] destinations, ConfigurationProblems problems)
    {
        problems.Require(destinations.Length > 0, $"{section.Path}:Destinations", "", "at least one destination with an Address");
        foreach (var (name, destination) in destinations)
        {
            var key = $"{section.Path}:Destinations:{name}";
            problems.Require(IsDestination(destination.Address), $"{key}:Address", Shown(destination.Address), "an http or https URL without user, query and fragment");
            problems.Require(
                destination.Health is null || IsDestination(destination.Health), $"{key}:Health", Shown(destination.Health), "an http or https URL without user, query and fragment");
        }
    }

    private static bool IsDestination(string? text) =>
        IsHttpUrl(text) && new Uri(text!) is { Query: "", Fragment: "" };

    /// <summary>The URL without its user: there may be a password in it.</summary>
    private static string Shown(string? text)
    {
        var at = text?.LastIndexOf('@') ?? -1;
        return at < 0 ? text ?? "" : $"{SecretKeys.Mask}@{text![(at + 1)..]}";
    }
}
