using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Drifting;

/// <summary>How sessions take the comparison of order and effect in.</summary>
internal static class DriftExtensions
{
    /// <summary>Registers it, before whoever rewrites reports: what the device itself says is compared.</summary>
    public static IServiceCollection AddDrift(this IServiceCollection services, GatewayOptions options)
    {
        if (!options.Drift.Enabled)
        {
            return services;
        }

        services.AddSingleton(options.Drift);
        services.AddSingleton<DriftSignals>();
        services.AddSingleton<DriftWrites>();
        services.AddSingleton<DriftOrders>();
        services.AddSingleton<DriftJudge>();
        services.AddSingleton<DriftParticipant>();
        services.AddSingleton<SessionParticipant>(provider => provider.GetRequiredService<DriftParticipant>());
        return services;
    }
}
