using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>How the pipeline numbers its exchanges.</summary>
internal static class ExchangeTraceExtensions
{
    /// <summary>Lets no request bring a number of its own.</summary>
    public static IServiceCollection AddExchangeTrace(this IServiceCollection services) =>
        services.AddSingleton<DistributedContextPropagator, OwnTraceOnly>();

    /// <summary>Gives every request that comes this far a number.</summary>
    public static IApplicationBuilder UseExchangeTrace(this IApplicationBuilder app) => app.UseMiddleware<ExchangeTraceStage>();
}
