using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Gateway.Tests.Configuration;

public sealed class RunCommandTests : IDisposable
{
    private readonly ConfigurationLab lab = new();

    public RunCommandTests() => lab.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Runs_until_it_is_told_to_stop()
    {
        using var process = CommandLine.Start("run", "--config", Configure(0));
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            Assert.StartsWith("plain: http://127.0.0.1:", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            var management = (await process.StandardOutput.ReadLineAsync())!;
            Assert.StartsWith("management: ", management, StringComparison.Ordinal);
            using var client = new HttpClient();
            Assert.EndsWith("ready\n", await client.GetStringAsync(new Uri(management["management: ".Length..] + "/readyz")), StringComparison.Ordinal);
            using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }

        Assert.DoesNotContain("Unhandled", await errors, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", await errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_broken_rules_with_their_place_and_exit_2()
    {
        lab.Write("rules/site.yaml", "cwmpshield: 1\nrules:\n  - id: [");
        var run = await CommandLine.RunAsync("run", "--config", Configure(0));
        Assert.Equal(2, run.Exit);
        Assert.Matches("site\\.yaml:\\d+:\\d+: error CSR\\d{4}", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Ends_with_exit_1_when_the_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var run = await CommandLine.RunAsync("run", "--config", Configure(((IPEndPoint)taken.LocalEndpoint).Port));
        Assert.Equal(1, run.Exit);
        Assert.Contains("address already in use", run.Error, StringComparison.Ordinal);
        AssertNoTrace(run.Error);
    }

    [Fact]
    public async Task Ends_with_exit_1_when_the_address_is_not_this_host_s()
    {
        var run = await CommandLine.RunAsync("run", "--config", Configure(0, "192.0.2.1"));
        Assert.Equal(1, run.Exit);
        Assert.Contains("The gateway cannot listen", run.Error, StringComparison.Ordinal);
        AssertNoTrace(run.Error);
    }

    private static void AssertNoTrace(string error)
    {
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
        Assert.DoesNotContain("crit", error, StringComparison.Ordinal);
    }

    private string Configure(int port, string address = "127.0.0.1")
    {
        lab.Write("gateway.json", $$"""
            {
              "CwmpShield": {
                "Listeners": [{ "Name": "plain", "Address": "{{address}}", "Port": {{port}}, "AllowPlaintext": true }],
                "Store": { "KeyFile": "master.key" },
                "Management": { "Port": 0 }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "http://127.0.0.1:7548/" } } } } }
            }
            """);
        return lab.At("gateway.json");
    }
}
