using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What <c>/readyz</c> asks beside whether the gateway is stopping.</summary>
internal static class ReadinessExtensions
{
    /// <summary>Registers the checks: the registry answers, and every listener's ACS has a destination that may be tried.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<RegistryReadiness>("registry")
            .AddCheck<AcsReadiness>("acs");
        services.AddHostedService<FailureWatch>();
        return services;
    }
}
