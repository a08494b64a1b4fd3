using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Credentials;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Transfers;
using CwmpShield.Gateway.WebConsole;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway;

/// <summary>The gateway as one application: every stage of a message's way, in its order.</summary>
public static class GatewayApp
{
    /// <summary>Builds the gateway, ready to run; nothing listens before it is started.</summary>
    /// <param name="options">The checked <c>CwmpShield</c> section.</param>
    /// <param name="configuration">The whole configuration; <c>ReverseProxy</c> (clusters) and <c>Logging</c> are read from it.</param>
    /// <exception cref="RulesException">The rules are not good; it says where and why.</exception>
    /// <exception cref="StoreException">The registry cannot be opened.</exception>
    /// <exception cref="CryptographicException">A certificate file of the ACS's section holds none.</exception>
    /// <param name="configure">Last word on the builder, e.g. another clock or store in tests.</param>
    public static WebApplication Build(GatewayOptions options, IConfiguration configuration, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.ConfigureDeviceListeners(options);
        builder.Services.AddRouting();
        builder.Services.AddAudit(options);
        builder.Services.AddDrift(options);
        builder.Services.AddExchangeTrace(options);
        builder.Services.AddInspection(options);
        builder.Services.AddArtefacts(options);
        builder.Services.AddCredentialLife();
        builder.Services.AddForwarding(options, builder.Configuration);
        builder.Services.AddConnectionRequests(options);
        builder.Services.AddTransfers();
        builder.Services.AddMirror(options.Mirror);
        builder.Services.AddReadiness();
        builder.Services.AddConsole();
        configure?.Invoke(builder);
        builder.Services.AddRegistry(options.Store);

        // The order is the way of a message; each stage lets pass only what it has settled.
        var app = builder.Build();
        app.WithoutFrameworkLogins();
        app.UseManagementListener();
        app.UseExchangeTrace();
        app.UseGatewayErrors();
        app.UseBroker(options);
        app.UseMirror(options.Mirror);
        app.UseRequestGate();
        app.UseDeviceAuthentication();
        app.UseInspection();
        app.MapForwarding();

        // What cannot be opened stops the start, not the first device.
        app.Services.GetRequiredService<InspectMessage>();
        app.Services.GetRequiredService<IDeviceRegistry>();
        app.Services.GetRequiredService<AcsSettings>();
        app.Services.GetRequiredService<OrderAudit>();
        app.Services.GetRequiredService<LedgerKey>();
        app.Services.GetRequiredService<RuleMetrics>();
        return app;
    }

    /// <summary>
    /// YARP registers the framework's authentication and authorization, and the framework would then put both before every stage. No stage here
    /// asks them anything: who speaks is settled by stages of the gateway's own.
    /// </summary>
    private static void WithoutFrameworkLogins(this IApplicationBuilder app)
    {
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
    }

    private static void AddRegistry(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton<HeldOrderStore>(provider => new HeldOrderStore(provider.GetRequiredService<Store>()));
        services.TryAddSingleton<RuleVersionMemory>();
        services.TryAddSingleton(_ => KeyRing.Read(KeySource.Of(options)));
        services.TryAddSingleton(provider => StoreKeyRows.OpenAsync(
            provider.GetRequiredService<Store>(), provider.GetRequiredService<KeyRing>(), CancellationToken.None).GetAwaiter().GetResult());
        if (services.Any(service => service.ServiceType == typeof(IDeviceRegistry)))
        {
            return;
        }

        services.AddHostedService<CertificateInventoryWriter>();
        services.AddHostedService<StoreWatch>();
        services.AddHostedService<SecretWatch>();
        services.TryAddSingleton<Store>(_ => StoreFactory.Open(options));
        services.AddSingleton<IDeviceRegistry>(CreateRegistry);
    }

    private static CachedDeviceRegistry CreateRegistry(IServiceProvider provider)
    {
        var store = provider.GetRequiredService<Store>();
        var stored = new StoredDeviceRegistry(store, provider.GetRequiredService<SecretSeal>());
        var cached = new CachedDeviceRegistry(stored, provider.GetRequiredService<TimeProvider>());
        store.Subscribe(cached.Forget);
        return cached;
    }
}
