using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>How the broker takes UDP in.</summary>
internal static class UdpExtensions
{
    /// <summary>Registers the caller, which says that it is off where it is, and the sockets where UDP is on.</summary>
    public static IServiceCollection AddUdpRequests(this IServiceCollection services, ConnectionRequestOptions options)
    {
        services.AddSingleton<UdpMetrics>(provider => new UdpMetrics(provider.GetRequiredService<ShieldMetrics>()));
        services.AddSingleton<UdpCaller>(provider => new UdpCaller(
            options.Udp,
            provider.GetRequiredService<EndpointPolicy>(),
            provider.GetRequiredService<UdpMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        if (!options.Udp.IsOn)
        {
            return services;
        }

        services.AddSingleton<UdpDirectory, StoredUdpDirectory>();
        services.AddSingleton<UdpBroker>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var memory = new UdpRequestMemory(time.GetUtcNow(), options.Udp.ClockTolerance);
            return new UdpBroker(provider.GetRequiredService<UdpDirectory>(), memory, provider.GetRequiredService<ConnectionRequestBroker>().Relay, time);
        });
        services.AddSingleton<UdpService>();
        services.AddHostedService(provider => provider.GetRequiredService<UdpService>());
        return services;
    }
}
