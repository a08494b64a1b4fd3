using System.Diagnostics;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Listening;

/// <summary>How the pipeline takes its doors in.</summary>
public static class ListeningExtensions
{
    /// <summary>
    /// Configures Kestrel with every device listener and the management listener of <paramref name="options"/>, and registers
    /// what they need: <see cref="BodyReader"/>, <see cref="BufferBudget"/>, <see cref="BoundEndpoints"/>,
    /// <see cref="RequestRefusal"/>, <see cref="ShieldMetrics"/>. Every request of a device listener has an
    /// <see cref="DeviceConnection"/> among its features.
    /// </summary>
    public static WebApplicationBuilder ConfigureDeviceListeners(this WebApplicationBuilder builder, GatewayOptions options)
    {
        var services = builder.Services;
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ShieldMetrics>();
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<BoundEndpoints>();
        services.AddSingleton(new BufferBudget(options.BufferBudgetBytes));
        services.TryAddSingleton(_ => DescriptorBudget.OfProcess());
        services.AddSingleton<BodyReader>();
        services.AddSingleton<RequestRefusal>();
        services.AddCertificateDoors();
        services.AddSingleton<FilePoller>();
        services.AddHostedService(provider => provider.GetRequiredService<FilePoller>());
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();
        services.AddSingleton<IConnectionListenerFactory, PacedListenerFactory>();
        services.AddHealthChecks();
        return builder;
    }

    /// <summary>Serves <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c> on the management listener; its requests go no further.</summary>
    public static IApplicationBuilder UseManagementListener(this IApplicationBuilder app) => app.UseMiddleware<ManagementListener>();

    /// <summary>
    /// Lets only a POST on a configured path of a device listener pass, with its framing and headers checked and its body still
    /// unread (see <see cref="BodyReader"/>); everything else is answered here and counted.
    /// </summary>
    public static IApplicationBuilder UseRequestGate(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        services.GetRequiredService<DiagnosticListener>().Subscribe(
            new BadRequestObserver(services.GetRequiredService<ShieldMetrics>()),
            name => name is BadRequestObserver.EventName);
        return app.UseMiddleware<RequestGate>();
    }
}
