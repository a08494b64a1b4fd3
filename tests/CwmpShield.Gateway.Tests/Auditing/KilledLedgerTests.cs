using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>A real gateway that is killed under load, again and again.</summary>
public sealed class KilledLedgerTests : IDisposable
{
    private const int Kills = 10;
    private const int Ends = 8;
    private const int Devices = 4;

    private readonly ConfigurationLab files = new();
    private readonly ConcurrentBag<string> received = [];

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Has_the_intent_of_every_order_that_a_device_received_and_verifies()
    {
        await using var acs = new CheckingAcs();
        for (var i = 0; i < 20_000; i++)
        {
            acs.Order(Soap.Reboot);
        }

        await ConfigureAsync(acs.Server.Address);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(atLeast: received.Count + 3 + (kill * 5));
        }

        await TerminateAsync();
        using var store = SqliteStore.Open(files.At("registry.db"));
        var rows = await new LedgerSearch(store).FindAsync("edge", 0, long.MaxValue, new LedgerQuery(), default);
        var intents = rows.Where(row => row.Record.Kind == AuditKind.OrderIntent).Select(row => row.Record.MessageId).ToHashSet(StringComparer.Ordinal);
        Assert.True(received.Count >= Kills * 3);
        Assert.Empty(received.Except(intents, StringComparer.Ordinal));
        Assert.Equal(AuditKind.NodeEnded, rows[^1].Record.Kind);
        Assert.Equal(Kills, rows.Count(row => row.Record.Action == AuditReason.UncleanEnd));
        var verified = await CommandLine.RunAsync("audit", "verify", "--config", files.At("gateway.json"), "--checkpoints", files.At("checkpoints.jsonl"));
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Has_the_start_and_the_end_of_a_node_that_is_told_to_end_as_soon_as_it_listens()
    {
        await ConfigureAsync("http://127.0.0.1:9/");
        for (var node = 0; node < Ends; node++)
        {
            await TerminateAsync();
        }

        using var store = SqliteStore.Open(files.At("registry.db"));
        var rows = await new LedgerSearch(store).FindAsync("edge", 0, long.MaxValue, new LedgerQuery(), default);
        Assert.Equal(
            Enumerable.Repeat(new[] { AuditKind.NodeStarted, AuditKind.NodeEnded }, Ends).SelectMany(kinds => kinds),
            rows.Select(row => row.Record.Kind).Where(kind => kind is AuditKind.NodeStarted or AuditKind.NodeEnded));
        Assert.DoesNotContain(rows, row => row.Record.Action == AuditReason.UncleanEnd);
    }

    /// <summary>Starts a node and sends SIGTERM when it says its first line.</summary>
    private async Task TerminateAsync()
    {
        var (process, _, errors) = await StartAsync();
        using (process)
        {
            using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}: {await errors}");
        }
    }

    private async Task RunAndKillAsync(int atLeast)
    {
        var (process, door, _) = await StartAsync();
        using (process)
        {
            var devices = Enumerable.Range(1, Devices).Select(number => LoadAsync(door, number.ToString(CultureInfo.InvariantCulture))).ToList();
            await Listening.ListenerHost.EventuallyAsync(() => received.Count >= atLeast, "orders that devices received");
            process.Kill();
            await process.WaitForExitAsync();
            await Task.WhenAll(devices);
        }
    }

    /// <summary>A device that answers orders until its gateway is gone.</summary>
    private async Task LoadAsync(IPEndPoint door, string serial)
    {
        try
        {
            await using var device = await ScriptedDevice.ConnectAsync(door, null, serial, tls: true);
            device.Headers = CredentialLab.Basic(serial, "s3cret-" + serial);
            await device.InformAsync();
            var order = await device.EmptyAsync();
            while (order.Method == "Reboot")
            {
                received.Add(order.Id);
                order = await device.PostAsync(Soap.RebootResponse(order.Id));
            }
        }
        catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException or InvalidOperationException or OperationCanceledException or FormatException or IndexOutOfRangeException)
        {
            // Killed in the middle of an answer.
        }
    }

    private async Task ConfigureAsync(string acs)
    {
        files.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        files.Write("gateway.json", $$"""
            {
              "CwmpShield": {
                "Listeners": [{
                  "Name": "fleet", "Address": "127.0.0.1", "Port": 0, "ClientCertificates": "none",
                  "Certificate": { "Path": "server.pem", "KeyPath": "server.key" },
                  "Identity": { "Require": "credential", "Challenge": "basic", "UserPattern": "{serial}" }
                }],
                "Audit": { "Node": "edge", "CheckpointFile": "checkpoints.jsonl", "CheckpointRecords": 50 },
                "Store": { "Path": "registry.db", "KeyFile": "master.key" },
                "Management": { "Port": 0 }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "{{acs}}" } } } } }
            }
            """);
        using var store = SqliteStore.Open(files.At("registry.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Read(files.At("master.key")));
        for (var number = 1; number <= Devices; number++)
        {
            var serial = number.ToString(CultureInfo.InvariantCulture);
            await registry.AddAsync(new DeviceDraft { Device = new DeviceId(Lab.Oui, Lab.ProductClass, serial), Secret = Storage.RegistryLab.Password("s3cret-" + serial) }, default);
        }
    }

    private async Task<(Process Process, IPEndPoint Door, Task<string> Errors)> StartAsync()
    {
        var process = CommandLine.Start("run", "--config", files.At("gateway.json"));
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? await errors;
        Assert.StartsWith("fleet: https://127.0.0.1:", line, StringComparison.Ordinal);
        return (process, new IPEndPoint(IPAddress.Loopback, int.Parse(line[(line.LastIndexOf(':') + 1)..].TrimEnd('/'), CultureInfo.InvariantCulture)), errors);
    }
}
