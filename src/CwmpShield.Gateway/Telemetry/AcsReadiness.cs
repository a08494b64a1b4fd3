using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Whether every listener's cluster has a destination that YARP's health checks would let a session try.</summary>
internal sealed class AcsReadiness(GatewayOptions options, IProxyStateLookup proxy) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var served = options.Listeners.All(listener =>
            proxy.TryGetCluster(listener.Cluster, out var cluster) && cluster.DestinationsState.AvailableDestinations.Count > 0);
        return Task.FromResult(served ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
