using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>How the pipeline takes the broker in.</summary>
internal static class ConnectionRequestExtensions
{
    /// <summary>Registers the broker and what learns for it; nothing where there is none.</summary>
    public static IServiceCollection AddConnectionRequests(this IServiceCollection services, GatewayOptions gateway)
    {
        var options = gateway.ConnectionRequests;
        if (!options.IsOn)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(EndpointPolicies.Of(options.Endpoints));
        services.AddSingleton(_ => DeviceTrust.Load(options.Calls.DeviceCaPath));
        services.AddSingleton<DeviceCaller>(provider => new DeviceCaller(
            options.Calls, provider.GetRequiredService<EndpointPolicy>(), provider.GetRequiredService<DeviceTrust>())
        {
            IsOwn = provider.GetRequiredService<BoundEndpoints>().IsOwn,
        });
        services.AddSingleton<EndpointStore>();
        services.AddSingleton<BrokerToken>(provider => new BrokerToken(provider.GetRequiredService<EndpointStore>().TokenKeyAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()));
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton<ConnectionRequestMetrics>();
        services.AddSingleton<AnswerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AnswerWatch>());
        services.AddSingleton<ConnectionRequestBroker>();
        services.AddSingleton<AcsCredentialCheck>();
        services.AddSingleton<BrokerDoor>();
        services.AddSingleton<SessionParticipant, EndpointLearning>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, BrokerListener>();
        return services.AddUdpRequests(options);
    }

    /// <summary>Answers what comes in by the broker's listener; nothing of it goes further.</summary>
    public static IApplicationBuilder UseBroker(this IApplicationBuilder app, GatewayOptions options) =>
        options.ConnectionRequests.IsOn ? app.UseMiddleware<BrokerStage>() : app;
}
