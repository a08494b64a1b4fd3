using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Console.Tests;

/// <summary>A whole gateway with its console, a store of its own, and the accounts <c>vera</c> (viewer), <c>olaf</c> (operator), <c>anna</c> (auditor).</summary>
internal sealed class ConsoleLab : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Viewer = "vera";
    public const string Operator = "olaf";
    public const string Auditor = "anna";

    private readonly WebApplication gateway;
    private readonly DirectoryInfo folder;

    private ConsoleLab(WebApplication gateway, DirectoryInfo folder) => (this.gateway, this.folder) = (gateway, folder);

    public IServiceProvider Services => gateway.Services;

    public Store Store => Services.GetRequiredService<Store>();

    public DecisionFeed Feed => Services.GetRequiredService<DecisionFeed>();

    public AccountStore Accounts => Services.GetRequiredService<AccountStore>();

    public TokenStore Tokens => Services.GetRequiredService<TokenStore>();

    public IPEndPoint Management => Services.GetRequiredService<BoundEndpoints>().Management;

    /// <summary>The listener of devices.</summary>
    public IPEndPoint Door => Services.GetRequiredService<BoundEndpoints>().Device("devices");

    /// <summary>Where the console is.</summary>
    public Uri Address => new($"{(Services.GetRequiredService<GatewayOptions>().Management.HasTls ? "https" : "http")}://127.0.0.1:{Management.Port}/");

    public static async Task<ConsoleLab> StartAsync(
        Func<ManagementOptions, DirectoryInfo, ManagementOptions>? management = null, Action<WebApplicationBuilder>? configure = null, string rules = "cwmpshield: 1\nrules: []\n",
        ArtefactOptions? artefacts = null)
    {
        var files = Directory.CreateTempSubdirectory("cwmpshield-console-");
        string At(string name) => Path.Combine(files.FullName, name);
        await File.WriteAllTextAsync(At("rules.yaml"), rules);
        await File.WriteAllTextAsync(At("master.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(At("master.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var plain = new ManagementOptions { Port = 0 };
        var options = new GatewayOptions
        {
            Rules = new RulesOptions { Path = At("rules.yaml") },
            Store = new StoreOptions { Path = At("registry.db"), KeyFile = At("master.key") },
            Audit = new AuditOptions { KeyFile = At("ledger-key.pem") },
            Listeners = [new ListenerOptions { Name = "devices", Port = 0, AllowPlaintext = true, ClientCertificates = ClientCertificatePolicy.None }],
            Artefacts = artefacts ?? new ArtefactOptions(),
            Management = management?.Invoke(plain, files) ?? plain,
        };
        var clusters = new Dictionary<string, string?> { ["ReverseProxy:Clusters:acs:Destinations:one:Address"] = "http://127.0.0.1:9/" };
        var app = GatewayApp.Build(options, new ConfigurationBuilder().AddInMemoryCollection(clusters).Build(), configure);
        await app.StartAsync();
        var lab = new ConsoleLab(app, files);
        await lab.Accounts.AddAsync(Viewer, ConsoleRole.Viewer, Password, default);
        await lab.Accounts.AddAsync(Operator, ConsoleRole.Operator, Password, default);
        await lab.Accounts.AddAsync(Auditor, ConsoleRole.Auditor, Password, default);
        return lab;
    }

    /// <summary>Adds a device and returns its key.</summary>
    public async Task<long> AddDeviceAsync(DeviceId device, string model = "HGW 2000")
    {
        var added = await Services.GetRequiredService<IDeviceRegistry>().AddAsync(
            new DeviceDraft { Device = device, Model = model, Status = DeviceStatus.Active, AddedAt = TimeProvider.System.GetUtcNow() }, default);
        return added.Device!.Key;
    }

    /// <summary>One request, byte for byte, and the whole answer.</summary>
    public static async Task<string> RawAsync(IPEndPoint where, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(where);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        return await reader.ReadToEndAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await gateway.StopAsync(now.Token);
        await gateway.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
