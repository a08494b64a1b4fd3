using CwmpShield.Gateway.Configuration;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>What every cluster of the configuration gets whatever it says: our health policy, our patience, and no affinity but the session's own.</summary>
internal sealed class ClusterDefaults(GatewayOptions options) : IProxyConfigFilter
{
    /// <summary>More than an exchange takes at its longest, so that it is the gateway's own bounds that end it.</summary>
    private readonly TimeSpan patience = options.Acs.ConnectTime + (2 * options.Acs.AnswerTime) + options.Refusal.MaxTime;

    /// <inheritdoc/>
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var active = cluster.HealthCheck?.Active;
        return ValueTask.FromResult(cluster with
        {
            SessionAffinity = null,
            HttpRequest = (cluster.HttpRequest ?? ForwarderRequestConfig.Empty) with { ActivityTimeout = patience },
            HealthCheck = cluster.HealthCheck is null || active is null
                ? cluster.HealthCheck
                : cluster.HealthCheck with { Active = active with { Policy = AnyAnswerIsHealthy.PolicyName } },
        });
    }

    /// <inheritdoc/>
    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);
}
