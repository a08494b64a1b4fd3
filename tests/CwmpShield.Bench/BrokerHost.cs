using System.Globalization;
using System.Net;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Bench;

/// <summary>A gateway with a broker on loopback, and a fleet that it has learned.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    public const string User = "cr";
    public const string Password = "secret";

    private readonly WebApplication app;
    private readonly Store store;

    private BrokerHost(WebApplication app, Store store) => (this.app, this.store) = (app, store);

    public IPEndPoint Door => Get<BoundEndpoints>().Broker;

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Starts it with <paramref name="devices"/> devices, all of them called at <paramref name="port"/>.</summary>
    public static async Task<BrokerHost> StartAsync(string folder, int devices, int port)
    {
        var rules = Path.Combine(folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, "cwmpshield: 1\nrules: []\n");
        var key = MasterKey.Create();
        var keyFile = Path.Combine(folder, "key");
        await File.WriteAllTextAsync(keyFile, key.Export());
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = new GatewayOptions
        {
            Rules = new RulesOptions { Path = rules },
            Store = new StoreOptions { Path = Path.Combine(folder, "store.db"), KeyFile = keyFile },
            Listeners = [new ListenerOptions { Name = "bench", Port = 0, AllowPlaintext = true, ClientCertificates = ClientCertificatePolicy.None }],
            Management = new ManagementOptions { Port = 0 },
            ConnectionRequests = new ConnectionRequestOptions
            {
                PublicUrl = "http://127.0.0.1/",
                Port = 0,
                AcsNetworks = ["127.0.0.0/8"],
                Endpoints = new EndpointOptions { AccessNetworks = ["127.0.0.0/8"] },
                Limits = new ConnectionRequestLimits { PerDevicePerMinute = 6000, PerAcsPerSecond = 100_000, FleetPerSecond = 100_000, CoalesceTime = TimeSpan.Zero },
            },
        };
        var filled = SqliteStore.Open(options.Store.Path);
        await FillAsync(filled, new SecretSeal(key), devices, port);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("ReverseProxy:Clusters:acs:Destinations:d:Address", "http://127.0.0.1:9/")]).Build();
        var gateway = GatewayApp.Build(options, configuration, builder =>
        {
            builder.Services.AddSingleton<Store>(filled);
            builder.Logging.ClearProviders();
        });
        await gateway.StartAsync();
        return new BrokerHost(gateway, filled);
    }

    /// <summary>The path of a device's broker URL.</summary>
    public string PathOf(int device) => "/" + Get<BrokerToken>().Create(device, 0);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        store.Dispose();
    }

    private static ValueTask<int> FillAsync(Store store, SecretSeal seal, int devices, int port) => store.WriteAsync(
        async commands =>
        {
            for (var i = 1; i <= devices; i++)
            {
                var serial = i.ToString("D8", CultureInfo.InvariantCulture);
                await commands.ExecuteAsync(
                    "INSERT INTO device (id, oui, product_class, serial_number, status, required_strength, model, software_version) VALUES (@id, '00AABB', 'HGW-2000', @serial, 'active', 0, 'HGW 2000', '1.0')",
                    ("@id", (long)i), ("@serial", serial));
                await commands.ExecuteAsync(
                    "INSERT INTO device_endpoint (device_id, url, place, refusal) VALUES (@id, @url, @place, '')",
                    ("@id", (long)i), ("@url", $"http://127.0.0.1:{port}/{serial}"), ("@place", $"127.0.0.1:{port}"));
                await commands.ExecuteAsync(
                    "INSERT INTO device_secret (device_id, purpose, sealed, user_name) VALUES (@id, 'connection-request', @sealed, @user)",
                    ("@id", (long)i), ("@sealed", seal.Close(new StoredSecret.Password(System.Text.Encoding.UTF8.GetBytes(Password)), i, "connection-request")), ("@user", User));
            }

            return devices;
        },
        default);
}
