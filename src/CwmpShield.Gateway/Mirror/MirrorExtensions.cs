using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Mirror.Origins;
using CwmpShield.Gateway.Mirror.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Mirror;

/// <summary>How the pipeline takes the mirror in.</summary>
internal static class MirrorExtensions
{
    /// <summary>Registers the mirror, where there is one.</summary>
    public static IServiceCollection AddMirror(this IServiceCollection services, MirrorOptions options)
    {
        if (!options.IsOn)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(options.Fetch);
        services.TryAddSingleton(_ => DescriptorBudget.OfProcess());
        services.AddSingleton<MirrorMetrics>();
        services.AddSingleton<MirrorShelf>();
        services.AddSingleton<MirrorOrigins>();
        services.AddSingleton<MirrorFetch>();
        services.AddSingleton<MirrorFetches>();
        services.AddHostedService(provider => provider.GetRequiredService<MirrorFetches>());
        services.AddSingleton<MirrorRefill>();
        services.AddSingleton<MirrorUrls>();
        services.AddSingleton<LinkTickets>();
        services.AddSingleton<MirrorLogin>();
        services.AddSingleton<LinkUse>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, MirrorKestrel>();
        return services;
    }

    /// <summary>Answers the mirror's listeners; their requests go no further.</summary>
    public static IApplicationBuilder UseMirror(this IApplicationBuilder app, MirrorOptions options) => options.IsOn ? app.UseMiddleware<MirrorStage>() : app;
}
