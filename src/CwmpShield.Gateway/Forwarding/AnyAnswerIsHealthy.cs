using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>The active health policy of every cluster: an ACS that answers a probe at all is up. Common ones answer GET with 405.</summary>
internal sealed class AnyAnswerIsHealthy(IDestinationHealthUpdater updater) : IActiveHealthCheckPolicy
{
    /// <summary>Name of the policy.</summary>
    public const string PolicyName = "AnyAnswer";

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) =>
        updater.SetActive(cluster, [.. probingResults.Select(result => new NewActiveDestinationHealth(result.Destination, HealthOf(result)))]);

    private static DestinationHealth HealthOf(DestinationProbingResult result) =>
        result.Response is null ? DestinationHealth.Unhealthy : DestinationHealth.Healthy;
}
