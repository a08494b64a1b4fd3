using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Throttling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Inspection;

/// <summary>How the pipeline takes authentication, sessions and judgement in.</summary>
internal static class InspectionExtensions
{
    /// <summary>What stopping may take beside waiting for sessions: farewells to the ACS, the ledger's last records, connections.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    /// <summary>Registers what the stages need.</summary>
    public static IServiceCollection AddInspection(this IServiceCollection services, GatewayOptions options)
    {
        services.AddThrottling(options);
        services.AddSingleton(provider => new DeviceAuthenticator(
            provider.GetRequiredService<IDeviceRegistry>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<PartyGate>()));
        services.AddSingleton<DeviceBinder>();
        services.AddSingleton<InformGate>();
        services.AddSingleton(new SessionTable(options.Admission.MaxSessions > 0 ? options.Admission.MaxSessions : options.Listeners.Sum(listener => listener.Limits.MaxConnections)));
        services.AddSingleton<DecisionFeed>();
        services.AddSingleton<RateCounters>();
        services.AddSingleton<HeldOrders>();
        services.AddSingleton<LargeBodies>();
        services.AddSingleton<MessageJudge>();
        services.AddSingleton<SessionParticipants>();
        services.AddSingleton<DeviceStanding>();
        services.AddSingleton<SessionOpening>();
        services.AddSingleton<SessionTurn>();
        services.AddSingleton<BreakGlass>();
        services.AddHostedService<BreakGlassWatch>();
        services.AddSingleton<RuleSetHolder>();
        services.AddSingleton<RuleMetrics>();
        services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect);
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain.ReadinessTime + options.Drain.SessionTime + StopTime);
        services.AddHostedService<RuleSetReload>();
        services.AddHostedService<SessionSweep>();
        return services;
    }

    /// <summary>Turns errors of the gateway's own into 503 without a body.</summary>
    public static IApplicationBuilder UseGatewayErrors(this IApplicationBuilder app) => app.UseMiddleware<GatewayErrorStage>();

    /// <summary>Lets only requests pass that prove who they are.</summary>
    public static IApplicationBuilder UseDeviceAuthentication(this IApplicationBuilder app) => app.UseMiddleware<AuthenticationStage>();

    /// <summary>Lets only messages pass that their session's turn and the rules allow.</summary>
    public static IApplicationBuilder UseInspection(this IApplicationBuilder app) => app.UseMiddleware<InspectionStage>();
}
