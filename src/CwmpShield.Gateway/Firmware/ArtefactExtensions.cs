using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Firmware;

/// <summary>How the gateway takes the artefact gate in.</summary>
internal static class ArtefactExtensions
{
    /// <summary>Registers the gate's holder and its look at files and store.</summary>
    public static IServiceCollection AddArtefacts(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton<ArtefactMetrics>();
        services.AddSingleton(provider => new ArtefactHolder(
            options,
            options.Artefacts.IsConfigured && provider.GetService<Store>() is { } store ? new ArtefactStore(store) : null,
            provider.GetRequiredService<ArtefactMetrics>(),
            provider.GetRequiredService<ChangeAudit>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ArtefactHolder>>()));
        services.AddHostedService<ArtefactReload>();
        return services;
    }
}
