using System.Text.Json.Nodes;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

public sealed class ConfigCommandTests : IDisposable
{
    private const string Good = """
        {
          "CwmpShield": {
            "Listeners": [
              { "Name": "fleet", "Certificate": { "Path": "server.pem", "KeyPath": "server.key" }, "ClientCaPath": "ca.pem" },
              { "Name": "old", "Port": 7550, "AllowPlaintext": true, "Identity": { "Realm": "Old devices" } }
            ],
            "Store": { "KeyFile": "master.key" }
          },
          "ReverseProxy": {
            "Clusters": {
              "acs": { "Destinations": { "one": { "Address": "http://127.0.0.1:7548/" } }, "Metadata": { "ApiToken": "hunter2" } }
            }
          }
        }
        """;

    private readonly ConfigurationLab lab = new();
    private readonly string file;

    public ConfigCommandTests()
    {
        lab.Write("gateway.json", Good);
        lab.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        file = lab.At("gateway.json");
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Check_accepts_with_exit_0() =>
        Assert.Equal(0, (await CommandLine.RunAsync("config", "check", "--config", file)).Exit);

    [Fact]
    public async Task Check_reports_every_error_with_exit_2()
    {
        lab.Write("gateway.json", Good.Replace("7550", "75500", StringComparison.Ordinal).Replace("ca.pem", "absent.pem", StringComparison.Ordinal));
        var run = await CommandLine.RunAsync("config", "check", "--config", file);
        Assert.Equal(2, run.Exit);
        Assert.Contains("CwmpShield:Listeners:0:ClientCaPath: found ", run.Error, StringComparison.Ordinal);
        Assert.Contains("CwmpShield:Listeners:1:Port: found 75500, expected 0 to 65535", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_the_place_where_a_file_is_no_JSON()
    {
        lab.Write("gateway.json", "{\n  \"CwmpShield\": {\n    \"Store\" { }\n");
        var run = await CommandLine.RunAsync("config", "check", "--config", file);
        Assert.Equal(2, run.Exit);
        Assert.Contains($"{file}:3:13: found \"text that is no JSON object\", expected a readable JSON file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.json", "found nothing")]
    [InlineData("rules", "found \"a folder\"")]
    public async Task Check_says_what_is_in_the_place_of_the_file(string name, string found)
    {
        var run = await CommandLine.RunAsync("config", "check", "--config", lab.At(name));
        Assert.Equal(2, run.Exit);
        Assert.Contains($"{lab.At(name)}: {found}, expected a readable JSON file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reports_broken_rules_by_their_place()
    {
        lab.Write("rules/site.yaml", "cwmpshield: 1\nrules: 7");
        var run = await CommandLine.RunAsync("config", "check", "--config", file);
        Assert.Equal(2, run.Exit);
        Assert.Matches("CwmpShield:Rules:Path: found .*site\\.yaml:\\d+:\\d+: error CSR", run.Error);
    }

    [Fact]
    public async Task Check_reports_json()
    {
        lab.Write("gateway.json", Good.Replace("7550", "75500", StringComparison.Ordinal));
        var run = await CommandLine.RunAsync("config", "check", "--config", file, "--json");
        Assert.Equal(2, run.Exit);
        var report = JsonNode.Parse(run.Output)!;
        Assert.False(report["ok"]!.GetValue<bool>());
        Assert.Equal("CwmpShield:Listeners:1:Port", report["errors"]![0]!["key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Show_prints_what_is_in_effect_without_secrets()
    {
        var run = await CommandLine.RunAsync("config", "show", "--config", file);
        Assert.Equal(0, run.Exit);
        Assert.Contains("CwmpShield:Listeners:1:Identity:Require = credential\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"CwmpShield:Store:KeyFile = {lab.At("master.key")}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Clusters:acs:Metadata:ApiToken = ***\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_prints_json_that_reads_back_the_same()
    {
        var run = await CommandLine.RunAsync("config", "show", "--config", file, "--json");
        lab.Write("shown.json", run.Output);
        var shown = GatewayConfiguration.Load(lab.At("shown.json"));
        Assert.Empty(shown.Errors);
        var again = await CommandLine.RunAsync("config", "show", "--config", lab.At("shown.json"), "--json");
        Assert.Equal(run.Output, again.Output);
    }

    [Fact]
    public async Task Run_refuses_wrong_configuration_with_exit_2()
    {
        var run = await CommandLine.RunAsync("run", "--config", lab.At("absent.json"));
        Assert.Equal(2, run.Exit);
        Assert.Contains("absent.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_unknown_option_with_exit_2() =>
        Assert.Equal(2, (await CommandLine.RunAsync("config", "check", "--colour")).Exit);
}
