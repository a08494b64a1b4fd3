using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway;

/// <summary>The gateway as one application: every stage of a message's way, in its order.</summary>
public static class GatewayApp
{
    /// <summary>Builds the gateway, ready to run; nothing listens before it is started.</summary>
    /// <param name="options">The checked <c>CwmpShield</c> section.</param>
    /// <param name="configuration">The whole configuration; <c>ReverseProxy</c> (clusters) and <c>Logging</c> are read from it.</param>
    /// <param name="configure">Last word on the builder, e.g. another clock or store in tests.</param>
    public static WebApplication Build(GatewayOptions options, IConfiguration configuration, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ShieldMetrics>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.UseKestrelCore();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        return app;
    }
}
