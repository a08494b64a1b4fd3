using System.CommandLine;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class HeldCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keyFile;

    public HeldCommandTests()
    {
        store = folder.File("registry.db");
        keyFile = folder.Write("key", MasterKey.Create().Export());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Lists_shows_releases_and_rejects_a_held_order()
    {
        await HoldAsync();
        Assert.Contains("00AABB-HGW-1  held", (await HeldAsync("list")).Output, StringComparison.Ordinal);
        var shown = Json(await HeldAsync("show", "1", "--json"));
        Assert.Equal(("held", "Download", "http://host/fw"), (Text(shown, "status"), Text(shown, "rpc"), shown.GetProperty("subjects")[0].GetString()));

        var released = Json(await HeldAsync("release", "1", "--for", "8h", "--ticket", "CHG-1", "--json"));
        Assert.Equal(("released", "CHG-1"), (Text(released, "status"), Text(released, "ticket")));
        var left = released.GetProperty("releaseUntil").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(left.TotalHours, 7.5, 8);

        Assert.Contains("rejected", (await HeldAsync("reject", "1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("HGW-1", (await HeldAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal("rejected", Text(Json(await HeldAsync("list", "--all", "--json")), "status"));
    }

    [Theory]
    [InlineData("show", "2")]
    [InlineData("release", "2")]
    [InlineData("reject", "2")]
    public async Task Finds_no_order_of_another_number(params string[] arguments)
    {
        await HoldAsync();
        var run = await HeldAsync(arguments);
        Assert.Equal((ExitCode.Findings, ""), (run.Code, run.Output));
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("show", "x")]
    [InlineData("release", "1", "--for", "8d")]
    [InlineData("release", "1", "--for", "0h")]
    [InlineData("release", "1", "--for", "-1h")]
    [InlineData("release", "1", "--for", "24")]
    [InlineData("release", "1", "--for", "9999999999h")]
    [InlineData("release", "1", "--ticket", "a\nb")]
    public async Task Refuses_bad_usage(params string[] arguments)
    {
        var run = await HeldAsync(arguments);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Refuses_to_release_where_two_operators_are_asked_for_unless_one_says_that_he_is_alone_and_why()
    {
        using var files = new Configuration.ConfigurationLab();
        files.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        files.Write("gateway.json", """
            {
              "CwmpShield": {
                "Listeners": [{ "Name": "fleet", "Address": "127.0.0.1", "Port": 0, "AllowPlaintext": true }],
                "Store": { "Path": "registry.db", "KeyFile": "master.key" },
                "Management": { "Port": 0, "TwoPersonRelease": true }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "http://127.0.0.1:9" } } } } }
            }
            """);
        await HoldAsync(files.At("registry.db"));
        string[] release = ["held", "release", "1", "--config", files.At("gateway.json")];
        foreach (var few in new string[][] { [], ["--ticket", "CHG-1"], ["--alone"] })
        {
            var run = await RunAsync([.. release, .. few]);
            Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
            Assert.Contains("two operators", run.Error, StringComparison.Ordinal);
        }

        Assert.Contains("released", (await RunAsync([.. release, "--alone", "--ticket", "CHG-1"])).Output, StringComparison.Ordinal);
    }

    private static JsonElement Json((int Code, string Output, string Error) run) => JsonDocument.Parse(run.Output).RootElement;

    private static string? Text(JsonElement view, string name) => view.GetProperty(name).GetString();

    private Task HoldAsync() => HoldAsync(store);

    private static async Task HoldAsync(string path)
    {
        using var opened = SqliteStore.Open(path);
        await new HeldOrderStore(opened).PassOrRecordAsync(
            new HeldSighting(new DeviceId("00AABB", "HGW", "1"), "d", "Download", ["r"], ["http://host/fw"], TimeProvider.System.GetUtcNow(), MayPass: true), default);
    }

    private Task<(int Code, string Output, string Error)> HeldAsync(params string[] arguments) =>
        RunAsync(["held", .. arguments, "--store", store, "--key-file", keyFile]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { HeldCommand.Create() }.Parse(arguments);
        foreach (var problem in parsed.Errors)
        {
            await error.WriteLineAsync(problem.Message);
        }

        var code = parsed.Errors.Count > 0 ? ExitCode.Usage : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
