using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>How the pipeline takes YARP in: clusters, destinations and health are its own, connections are the sessions'.</summary>
internal static class ForwardingExtensions
{
    /// <summary>Registers YARP with the clusters of the <c>ReverseProxy</c> section and a route of the gateway's own.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services, GatewayOptions options, IConfiguration configuration)
    {
        services.AddSingleton(_ => AcsSettings.Load(options.Acs));
        services.AddSingleton<AcsDeviceLogin>();
        services.AddSingleton<AcsConversation>();
        services.AddSingleton(options.Refusal);
        services.AddSingleton<RefusalLoop>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<IForwarderHttpClientFactory, ProbeClients>();
        services.AddSingleton<IHttpForwarder, SessionForwarder>();
        services.AddSingleton<IActiveHealthCheckPolicy, AnyAnswerIsHealthy>();

        services.Configure<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = new MemoryKeyRepository();

            // They rest nowhere; without a word about their encryption every start would warn of secrets in the clear.
            keys.XmlEncryptor = new NullXmlEncryptor();
        });
        services.AddReverseProxy()
            .LoadFromConfig(configuration.GetSection("ReverseProxy"))
            .LoadFromMemory([Route(options)], [])
            .AddConfigFilter<ClusterDefaults>();
        return services;
    }

    /// <summary>Forwards what inspection lets through; a request that it has not seen goes nowhere.</summary>
    public static void MapForwarding(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseMiddleware<DestinationPin>();
        proxy.UseLoadBalancing();
        proxy.UseMiddleware<SessionConnector>();
        proxy.UsePassiveHealthChecks();
    });

    /// <summary>The one route. The cluster that it names is only the first: <see cref="DestinationPin"/> takes the listener's own.</summary>
    private static RouteConfig Route(GatewayOptions options) => new()
    {
        RouteId = "cwmp",
        ClusterId = options.Listeners.Count > 0 ? options.Listeners[0].Cluster : "",
        Match = new RouteMatch { Path = "{**path}" },
    };
}
