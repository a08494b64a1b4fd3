using System.Diagnostics;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>How the pipeline numbers its exchanges.</summary>
internal static class ExchangeTraceExtensions
{
    /// <summary>Lets no request bring a number of its own, and sends spans where that is configured.</summary>
    public static IServiceCollection AddExchangeTrace(this IServiceCollection services, GatewayOptions options)
    {
        if (options.Telemetry.Otlp.IsOn)
        {
            services.AddHostedService<SpanExport>();
        }

        return services.AddSingleton<DistributedContextPropagator, OwnTraceOnly>();
    }

    /// <summary>Gives every request that comes this far a number.</summary>
    public static IApplicationBuilder UseExchangeTrace(this IApplicationBuilder app) => app.UseMiddleware<ExchangeTraceStage>();
}
