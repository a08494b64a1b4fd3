using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Throttling;

/// <summary>How the pipeline gets its limits per address and per device.</summary>
internal static class ThrottlingExtensions
{
    /// <summary>Registers <see cref="PartyGate"/> and <see cref="ImpersonationAlarm"/> with their tables.</summary>
    public static IServiceCollection AddThrottling(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(_ => new PartyLimits(options.Throttle.ToSettings()));
        services.AddSingleton(_ => new ImpersonationWatch(options.Impersonation.ToSettings()));
        services.AddSingleton<ThrottleMetrics>();
        services.AddSingleton<ImpersonationAlarm>();
        services.AddSingleton<PartyGate>();
        services.AddSingleton(provider => new SessionAdmission(options.Admission, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
