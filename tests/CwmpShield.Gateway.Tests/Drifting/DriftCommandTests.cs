using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Cli;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary><c>cwmpshield device drift</c>.</summary>
public sealed class DriftCommandTests : IDisposable
{
    private static readonly DeviceId Device = new("00AABB", "HGW", "1");

    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keyFile;

    public DriftCommandTests()
    {
        store = folder.File("registry.db");
        keyFile = folder.Write("key", MasterKey.Create().Export());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Lists_drift_of_one_device_and_of_all()
    {
        await DriftAsync(Device, "Device.WiFi.SSID.1.SSID", "Home", "Mine");
        await DriftAsync(Device with { SerialNumber = "2" }, "Device.WiFi.SSID.1.SSID", null, null);

        var all = await RunAsync("--json");
        var rows = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((ExitCode.Ok, 2), (all.Code, rows.Count));
        Assert.Equal(("00AABB-HGW-1", "Home", "Mine"), (rows[0].GetProperty("device").GetString(), rows[0].GetProperty("expected").GetString(), rows[0].GetProperty("observed").GetString()));
        Assert.False(rows[1].TryGetProperty("expected", out _));
        Assert.Contains("\"Home\", \"Mine\"", (await RunAsync("00AABB-HGW-1")).Output, StringComparison.Ordinal);
        Assert.Contains("(not shown, 22222222)", (await RunAsync("00AABB-HGW-2")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_what_a_device_reports_once()
    {
        await DriftAsync(Device, "A.B", "Home", "Mine");
        await DriftAsync(Device, "A.C", "Home", "Mine");

        var (code, output, error) = await RunAsync("00AABB-HGW-1", "--clear", "--reason", "CHG-1", "--name", "A.B");
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Contains("1 name", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await RunAsync("00AABB-HGW-1", "--clear", "--reason", "CHG-1", "--name", "A.B")).Code);
        using var opened = SqliteStore.Open(store);
        Assert.Equal("A.C", Assert.Single(await new DriftStore(opened).ListAsync(Device, 0, 10, default)).Name);
        Assert.Equal([KeyValuePair.Create(DriftKind.Value, 1L)], await new DriftStore(opened).CountAsync(default));
    }

    [Theory]
    [InlineData("--clear", "--reason", "x")]
    [InlineData("00AABB-HGW-1", "--clear")]
    [InlineData("00AABB-HGW-1", "--reason", "x")]
    [InlineData("nonsense")]
    public async Task Refuses_a_command_line_that_says_too_little(params string[] arguments) => Assert.Equal(ExitCode.Usage, (await RunAsync(arguments)).Code);

    [Fact]
    public async Task Expects_nothing_of_a_device_that_was_removed()
    {
        await DriftAsync(Device, "A.B", "Home", "Mine");
        using var opened = SqliteStore.Open(store);
        var registry = await StoredDeviceRegistry.OpenAsync(opened, MasterKey.Create());
        await registry.AddAsync(new DeviceDraft { Device = Device }, default);
        await opened.WriteAsync(commands => commands.ExecuteAsync("DELETE FROM device"), default);

        Assert.Empty(await new DriftStore(opened).ListAsync(null, 0, 10, default));
    }

    private async Task DriftAsync(DeviceId device, string name, string? shown, string? observed)
    {
        using var opened = SqliteStore.Open(store);
        var at = DateTimeOffset.UnixEpoch.AddDays(20_000);
        await opened.WriteAsync(
            async commands =>
            {
                await ExpectationRows.PutAsync(commands, device, [new Expectation
                {
                    Name = name, Form = "string", Same = "11", Mac = new string('1', 32), Shown = shown, OrderedAt = at, Drift = DriftKind.Value,
                    ObservedMac = new string('2', 32), ObservedShown = observed, Since = at, Seen = at,
                }]);
                return 0;
            },
            default);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(DeviceDriftCommand.Create(), [.. arguments, "--store", store, "--key-file", keyFile]);
}
