using Yarp.ReverseProxy.Configuration;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>What every cluster of the configuration gets whatever it says: our health policy, and no affinity but the session's own.</summary>
internal sealed class ClusterDefaults : IProxyConfigFilter
{
    /// <inheritdoc/>
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var active = cluster.HealthCheck?.Active;
        return ValueTask.FromResult(cluster with
        {
            SessionAffinity = null,
            HealthCheck = cluster.HealthCheck is null || active is null
                ? cluster.HealthCheck
                : cluster.HealthCheck with { Active = active with { Policy = AnyAnswerIsHealthy.PolicyName } },
        });
    }

    /// <inheritdoc/>
    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);
}
