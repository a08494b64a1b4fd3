using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>A gateway on loopback with its own authority, registry and clock, before an ACS of the test's.</summary>
internal sealed class Lab : IAsyncDisposable
{
    public const string Oui = "00D09E";
    public const string ProductClass = "HGW";

    private readonly WebApplication gateway;
    private readonly SqliteStore registryFile;
    private readonly ConcurrentDictionary<string, X509Certificate2> certificates = new(StringComparer.Ordinal);

    private Lab(WebApplication gateway, TlsLab tls, SqliteStore registryFile) => (this.gateway, Tls, this.registryFile) = (gateway, tls, registryFile);

    /// <summary>The store of its registry and of its held orders.</summary>
    public SqliteStore Store => registryFile;

    public IServiceProvider Services => gateway.Services;

    public TlsLab Tls { get; }

    public IPEndPoint Door(string name = "tls") => gateway.Services.GetRequiredService<BoundEndpoints>().Device(name);

    public SessionTable Sessions => gateway.Services.GetRequiredService<SessionTable>();

    /// <summary>Starts a gateway with one mutual-TLS listener and the devices <c>1</c>, <c>2</c> and <c>3</c>.</summary>
    public static Task<Lab> StartAsync(ScriptedAcs acs, Func<GatewayOptions, GatewayOptions>? options = null, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync([acs.Address], options, configure);

    /// <summary>Starts a gateway that judges by rules of a real file.</summary>
    public static Task<Lab> StartWithRulesAsync(ScriptedAcs acs, string rules, Func<GatewayOptions, GatewayOptions>? options = null) => StartAsync(
        acs,
        plain =>
        {
            File.WriteAllText(plain.Rules.Path, rules);
            return options?.Invoke(plain) ?? plain;
        },
        builder => builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect));

    public static async Task<Lab> StartAsync(
        IReadOnlyList<string> destinations, Func<GatewayOptions, GatewayOptions>? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        var tls = new TlsLab();
        await File.WriteAllTextAsync(tls.Path("rules.yaml"), "cwmpshield: 1\nrules: []\n");
        var plain = new GatewayOptions
        {
            Rules = new RulesOptions { Path = tls.Path("rules.yaml") },
            // Every device of a test comes from one address.
            Listeners = [tls.Listener() with { Limits = new ListenerLimits { MaxHandshakesPerAddress = 256 } }],
            Management = new ManagementOptions { Port = 0 },
            Acs = new AcsOptions { AnswerTime = TimeSpan.FromSeconds(10) },
        };
        var store = SqliteStore.Open(tls.Path("registry.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Create());
        foreach (var serial in new[] { "1", "2", "3" })
        {
            await registry.AddAsync(new DeviceDraft { Device = new DeviceId(Oui, ProductClass, serial) }, default);
        }

        var settings = destinations.Select((address, i) => KeyValuePair.Create<string, string?>($"ReverseProxy:Clusters:acs:Destinations:d{i}:Address", address));
        var app = GatewayApp.Build(
            options?.Invoke(plain) ?? plain,
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            builder =>
            {
                builder.Services.AddSingleton<Store>(store);
                builder.Services.AddSingleton<IDeviceRegistry>(registry);
                builder.Services.AddSingleton(new AuditRedaction(new byte[32]));
                builder.Services.AddSingleton<InspectMessage>(TestJudge.Inspect);
                configure?.Invoke(builder);
            });
        await app.StartAsync();
        return new Lab(app, tls, store);
    }

    /// <summary>A device with the certificate of its serial, connected.</summary>
    public Task<ScriptedDevice> DeviceAsync(string serial = "1", DeviceCookies cookies = DeviceCookies.Returned) =>
        ScriptedDevice.ConnectAsync(Door(), CertificateOf(serial), serial, cookies);

    /// <summary>The one certificate of a device.</summary>
    public X509Certificate2 CertificateOf(string serial) =>
        certificates.GetOrAdd(serial, name => Tls.Devices.IssueClient($"{Oui}-{ProductClass}-{name}"));

    /// <summary>All metrics as text.</summary>
    public string Metrics()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        gateway.Services.GetRequiredService<PrometheusText>().Write(PrometheusFormat.Text, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Waits until a metric has counted <paramref name="label"/>.</summary>
    public Task CountsAsync(string metric, string label) => ListenerHost.EventuallyAsync(
        () => Metrics().Split('\n').Any(line => line.StartsWith(metric, StringComparison.Ordinal) && line.Contains($"\"{label}\"", StringComparison.Ordinal)),
        $"{metric} {label}");

    /// <summary>Waits for records of the ledger, and gives them in the order of the chain.</summary>
    public async Task<IReadOnlyList<AuditRecord>> LedgerAsync(Func<AuditRecord, bool> wanted, int count)
    {
        var found = Array.Empty<AuditRecord>();
        await ListenerHost.EventuallyAsync(
            () =>
            {
                var rows = new LedgerSearch(registryFile).FindAsync(new LedgerQuery { Limit = 1000 }, default).AsTask().GetAwaiter().GetResult();
                found = [.. rows.Select(row => row.Record).Where(wanted).OrderBy(record => record.Sequence)];
                return found.Length >= count;
            },
            $"{count} records of the ledger");
        return found;
    }

    /// <summary>Holds the store's write lock until it is disposed, as another process could.</summary>
    public async Task<IDisposable> LockedStoreAsync()
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Tls.Path("registry.db")};Pooling=false");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until no session is left.</summary>
    public Task QuietAsync() => ListenerHost.EventuallyAsync(() => !Sessions.All.Any(), "every session ended");

    /// <summary>Stops as an operator does: what is in progress is finished.</summary>
    public Task StopAsync() => gateway.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await gateway.StopAsync(now.Token);
        await gateway.DisposeAsync();
        registryFile.Dispose();
        Tls.Dispose();
    }
}
