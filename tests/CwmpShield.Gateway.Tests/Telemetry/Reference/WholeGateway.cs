using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Tests.Telemetry.Reference;

/// <summary>A gateway with every feature on, built and not started, and all its instruments.</summary>
internal sealed class WholeGateway : IAsyncDisposable
{
    private readonly ConfigurationLab lab;
    private readonly WebApplication app;

    private WholeGateway(ConfigurationLab lab, WebApplication app) => (this.lab, this.app) = (lab, app);

    public IServiceProvider Services => app.Services;

    public static WholeGateway Build()
    {
        var folder = new ConfigurationLab();
        folder.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        folder.Keys["CwmpShield:Management:Port"] = "0";
        folder.Keys["CwmpShield:Store:Path"] = "registry.db";
        var read = folder.Check();
        Assert.Empty(read.Errors);
        var options = read.Options with
        {
            Mirror = new MirrorOptions
            {
                Path = folder.At("mirror"),
                PublicUrl = "https://mirror.example/",
                Listeners = [new MirrorListenerOptions { Name = "mirror", Port = 0, AllowPlaintext = true }],
                Origins = [new MirrorOriginOptions { Url = "https://files.example/", Folder = folder.Folder }],
            },
            ConnectionRequests = new ConnectionRequestOptions
            {
                PublicUrl = "http://broker.example.net:7549/cr/",
                Port = 0,
                AcsNetworks = ["127.0.0.1"],
                Udp = new UdpRequestOptions { Address = "127.0.0.1", Port = 0, AcsAddress = "127.0.0.1", AcsPort = 0, PublicAddress = "broker.example.net:7549" },
            },
        };
        var services = new List<Type>();
        var built = GatewayApp.Build(options, read.Source, builder => services.AddRange(Own(builder.Services)));
        _ = built.Services.GetServices<IHostedService>().ToList();
        _ = built.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        foreach (var type in services)
        {
            built.Services.GetService(type);
        }

        built.Services.GetRequiredService<LedgerMetrics>().Watch(() => true, () => 0);
        built.Services.GetRequiredService<SyslogMetrics>().Watch([]);
        return new WholeGateway(folder, built);
    }

    /// <summary>The instruments of the gateway's own, each name once, by name.</summary>
    public IReadOnlyList<Instrument> Instruments()
    {
        var meter = Services.GetRequiredService<ShieldMetrics>().Meter;
        var found = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                found[instrument.Name] = instrument;
            }
        };
        listener.Start();
        return [.. found.Values.OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        lab.Dispose();
    }

    private static List<Type> Own(IServiceCollection services) => services
        .Where(service => service.Lifetime == ServiceLifetime.Singleton && !service.ServiceType.ContainsGenericParameters
            && (service.ServiceType.FullName ?? "").StartsWith("CwmpShield.", StringComparison.Ordinal))
        .Select(service => service.ServiceType)
        .Distinct()
        .ToList();
}
