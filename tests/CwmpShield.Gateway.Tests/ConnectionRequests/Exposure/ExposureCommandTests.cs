using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Exposure;

public sealed class ExposureCommandTests : IDisposable
{
    private readonly ConfigurationLab lab = new();
    private readonly string config;

    public ExposureCommandTests() => config = Write("127.0.0.0/8");

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Reports_by_model_as_table_json_and_metrics()
    {
        await using var good = WebDevice.Guarded();
        await using var bad = WebDevice.Of(line => line.Contains("tr64desc", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nServer: RomPager/4.07\r\n\r\nurn:dslforum-org:device"
            : "HTTP/1.1 204 No Content\r\nServer: RomPager/4.07\r\n\r\n");
        await KnowAsync("1", "HGW-GOOD", $"http://127.0.0.1:{good.Port}/cr");
        await KnowAsync("2", "HGW-BAD", $"http://127.0.0.1:{bad.Port}/cr");
        await KnowAsync("3", "HGW-BAD", "", refusal: "tr064-endpoint-reuse");
        var metrics = lab.At("exposure.prom");

        var table = await ScanAsync("--rate", "1000", "--progress", "--metrics", metrics);
        var json = await ScanAsync("--rate", "1000", "--json");

        Assert.Equal(ExitCode.Findings, table.Code);
        Assert.Contains("HGW-BAD         2         1       2       0       1       0       0                0  RomPager/4.07", table.Output, StringComparison.Ordinal);
        Assert.Contains("00AABB-HGW-2  HGW-BAD  tr064, open  /tr64desc.xml", table.Output, StringComparison.Ordinal);
        Assert.Contains("3/3 devices", table.Error, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_exposure_devices{model=\"HGW-GOOD\",finding=\"digest\"} 1\n", await File.ReadAllTextAsync(metrics), StringComparison.Ordinal);
        Assert.Equal("", await Telemetry.Scrape.LintAsync(await File.ReadAllTextAsync(metrics)));
        Assert.False(File.Exists(metrics + ".tmp"));
        var scan = JsonDocument.Parse(json.Output).RootElement;
        Assert.True(scan.GetProperty("complete").GetBoolean());
        Assert.Equal(2, scan.GetProperty("exposed").GetArrayLength());
        Assert.Equal("HGW-BAD", scan.GetProperty("models")[0].GetProperty("model").GetString());
    }

    [Fact]
    public async Task Asks_only_the_group_and_is_content_where_nothing_is_exposed()
    {
        await using var good = WebDevice.Guarded();
        await using var other = WebDevice.Guarded();
        await KnowAsync("1", "A", $"http://127.0.0.1:{good.Port}/cr", "lab");
        await KnowAsync("2", "A", $"http://127.0.0.1:{other.Port}/cr");

        var run = await ScanAsync("--group", "lab", "--rate", "1000");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.NotEmpty(good.Requests);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Asks_no_disabled_device()
    {
        await using var device = WebDevice.Guarded();
        await KnowAsync("1", "A", $"http://127.0.0.1:{device.Port}/cr", status: "disabled");

        Assert.Equal(ExitCode.Usage, (await ScanAsync()).Code);
        Assert.Empty(device.Requests);
    }

    [Fact]
    public async Task Shows_who_would_be_asked_and_asks_nobody()
    {
        await using var device = WebDevice.Guarded();
        await KnowAsync("1", "A", $"http://127.0.0.1:{device.Port}/cr");
        await KnowAsync("2", "A", "http://198.51.100.7:7547/cr");

        var run = await ScanAsync("--dry-run");
        var json = await ScanAsync("--dry-run", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains($"00AABB-HGW-1  http://127.0.0.1:{device.Port}/cr", run.Output, StringComparison.Ordinal);
        Assert.Contains("00AABB-HGW-2  not asked: endpoint-foreign-address", run.Output, StringComparison.Ordinal);
        Assert.Contains("/tr64desc.xml", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"refusal\":\"endpoint-foreign-address\"", json.Output, StringComparison.Ordinal);
        Assert.Empty(device.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("http://127.0.0.1:7547/", "http://198.51.100.1/")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "1001")]
    [InlineData("--group", "nobody")]
    public async Task Refuses_bad_usage_and_lists_of_addresses(params string[] arguments)
    {
        await KnowAsync("1", "A", "http://127.0.0.1:7547/cr");

        Assert.Equal(ExitCode.Usage, (await ScanAsync(arguments)).Code);
    }

    [Fact]
    public async Task Refuses_to_scan_where_nobody_has_said_where_devices_are()
    {
        await KnowAsync("1", "A", "http://127.0.0.1:7547/cr");

        var run = await Cli.CommandLine.RunAsync(ExposureCommand.Create(), "scan", "--config", Write(""));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("AccessNetworks", run.Error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> ScanAsync(params string[] arguments) =>
        Cli.CommandLine.RunAsync(ExposureCommand.Create(), ["scan", "--config", config, .. arguments]);

    private string Write(string network)
    {
        lab.Keys["CwmpShield:Store:Path"] = "registry.db";
        lab.WriteJson("appsettings.json");
        var networks = network.Length > 0 ? $"\"{network}\"" : "";
        var name = network.Length > 0 ? "scan.json" : "closed.json";
        lab.Write(name, File.ReadAllText(lab.At("appsettings.json")).Replace(
            "\"CwmpShield\":{",
            "\"CwmpShield\":{\"ConnectionRequests\":{\"Endpoints\":{\"AccessNetworks\":[" + networks + "]}},",
            StringComparison.Ordinal));
        return lab.At(name);
    }

    private async Task KnowAsync(string serial, string model, string url, string? group = null, string refusal = "", string status = "active")
    {
        using var store = SqliteStore.Open(lab.At("registry.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Read(lab.At("master.key")), default);
        var device = new DeviceId("00AABB", "HGW", serial);
        await registry.AddAsync(new DeviceDraft { Device = device, Groups = group is null ? [] : [group] }, default);
        var row = (await registry.FindAsync(device, default))!.Device.Key;
        await store.WriteAsync(
            async commands =>
            {
                await commands.ExecuteAsync("UPDATE device SET model = @model, status = @status WHERE id = @id", ("@model", model), ("@status", status), ("@id", row));
                return await commands.ExecuteAsync(
                    "INSERT INTO device_endpoint (device_id, url, refusal) VALUES (@id, @url, @refusal)", ("@id", row), ("@url", url), ("@refusal", refusal));
            },
            default);
    }
}
