using System.CommandLine;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary><c>cwmpshield connection-request</c> on a store of its own.</summary>
public sealed class ConnectionRequestCommandTests : IDisposable
{
    private const string Device = "00AABB-HGW-SN1";
    private readonly ConfigurationLab lab = new();

    public ConnectionRequestCommandTests()
    {
        lab.Keys["CwmpShield:ConnectionRequests:Endpoints:AccessNetworks:0"] = "127.0.0.0/8";
        lab.Keys["CwmpShield:Store:Path"] = "registry.db";
        lab.WriteJson("config.json");
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Calls_a_device_and_lists_and_shows_what_became_of_it()
    {
        await using var device = CallableDevice.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await LearnAsync(device.Url);

        var (code, output, _) = await RunAsync(Device, "--json");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(204, JsonDocument.Parse(output).RootElement.GetProperty("status").GetInt32());
        Assert.Equal(1, device.Connections);

        Assert.Contains("(204)", (await RunAsync(Device)).Output, StringComparison.Ordinal);
        Assert.Contains(device.Url, (await RunAsync("list", "--credentials-unknown")).Output, StringComparison.Ordinal);
        var row = JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement;
        Assert.Equal((2, "taken"), (row.GetProperty("calls").GetInt32(), row.GetProperty("lastOutcome").GetString()));
        Assert.DoesNotContain(device.Url, (await RunAsync("list", "--refused")).Output, StringComparison.Ordinal);
        var shown = await InvokeAsync(DeviceCommand.Create(), ["show", Device, "--config", lab.At("config.json")]);
        Assert.Contains($"called at          {device.Url}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("2, taken 2", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_why_a_device_is_not_reached_or_does_not_come()
    {
        await using var device = CallableDevice.Saying("HTTP/1.1 200 OK\r\n\r\n");
        await LearnAsync(device.Url);
        Assert.Equal(ExitCode.Findings, (await RunAsync(Device, "--wait", "1")).Code);

        await LearnAsync("http://198.51.100.7:7547/");
        var (code, output, _) = await RunAsync(Device);
        Assert.Equal(ExitCode.Findings, code);
        Assert.Contains(ConnectionRequestReason.EndpointForeignAddress, output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await RunAsync("00AABB-HGW-SN2")).Code);
    }

    [Fact]
    public async Task Revokes_a_broker_URL()
    {
        await LearnAsync("http://127.0.0.1:7547/");

        Assert.Contains("generation 1", (await RunAsync("revoke", Device)).Output, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse((await RunAsync("revoke", Device, "--json")).Output).RootElement.GetProperty("generation").GetInt32());
        Assert.Equal(2, JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement.GetProperty("generation").GetInt32());
    }

    [Theory]
    [InlineData("00AABB")]
    [InlineData(Device, "--wait", "601")]
    [InlineData("list", "--silent", "--refused")]
    [InlineData("revoke")]
    public async Task Refuses_what_it_does_not_understand(params string[] arguments) => Assert.Equal(ExitCode.Usage, (await RunAsync(arguments)).Code);

    [Fact]
    public async Task Reports_a_configuration_that_is_wrong() =>
        Assert.Equal(ExitCode.Usage, (await InvokeAsync(ConnectionRequestCommand.Create(), ["list", "--config", lab.At("missing.json")])).Code);

    private static async Task<(int Code, string Output, string Error)> InvokeAsync(Command command, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = command.Parse(arguments);
        var code = parsed.Errors.Count > 0 ? ExitCode.Usage : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        InvokeAsync(ConnectionRequestCommand.Create(), [.. arguments, "--config", lab.At("config.json")]);

    private async Task LearnAsync(string url)
    {
        var key = MasterKey.Read(lab.At("master.key"));
        using var store = SqliteStore.Open(lab.At("registry.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, key);
        await registry.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", "SN1") }, default);
        var row = await registry.FindAsync(new DeviceId("00AABB", "HGW", "SN1"), default);
        await new EndpointStore(store, new SecretSeal(key), TimeProvider.System).LearnAsync(
            new EndpointSighting(row!.Device.Key, (DeviceEndpoint.Parse(url, isObserved: false), ""), null, TimeProvider.System.GetUtcNow()), default);
    }
}
