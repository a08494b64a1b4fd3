using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Whether the registry answers: without it no device is let in.</summary>
internal sealed class RegistryReadiness(IDeviceRegistry registry) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await registry.ListAsync(0, 1, null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RegistryUnavailableException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
