using System.CommandLine;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.Tests.Transfers;

public sealed class RolloutCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keyFile;

    public RolloutCommandTests()
    {
        store = folder.File("registry.db");
        keyFile = folder.Write("key", MasterKey.Create().Export());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Shows_halts_and_resumes_a_rollout()
    {
        await OrderAsync();
        Assert.Contains("running       1       0       0    10%", (await RunAsync("status")).Output, StringComparison.Ordinal);

        var halted = (await RunAsync("halt", "fw", "--ticket", "INC-1", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(halted, one => one.GetProperty("status").GetString() == "halted" && one.GetProperty("ticket").GetString() == "INC-1" && one.GetProperty("reason").GetString() == "operator");

        var (code, output, _) = await RunAsync("resume", "fw");
        Assert.Equal(ExitCode.Ok, code);
        Assert.DoesNotContain("halted", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await RunAsync("resume", "fw")).Code);
    }

    [Theory]
    [InlineData("status", "unknown")]
    [InlineData("resume", "unknown")]
    public async Task Says_that_nothing_is_known_of_an_artefact(params string[] arguments)
    {
        await OrderAsync();
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((ExitCode.Findings, ""), (code, output));
        Assert.Contains("unknown", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_name_that_none_can_have()
    {
        Assert.NotEmpty(Verb().Parse(["halt", new string('x', 129)]).Errors);
        Assert.NotEmpty(Verb().Parse(["halt"]).Errors);
        Assert.NotEmpty(Verb().Parse(["resume", "a\nb"]).Errors);
    }

    private static RootCommand Verb()
    {
        var root = new RootCommand();
        foreach (var verb in ArtefactRolloutCommand.Create().Subcommands.ToList())
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    private async Task OrderAsync()
    {
        using var opened = SqliteStore.Open(store);
        var record = new TransferRecord { Device = new DeviceId("00AABB", "HGW", "1"), Rpc = "Download", Artefact = "fw", Sha256 = new string('a', 64), OrderedAt = TimeProvider.System.GetUtcNow() };
        await new TransferLedger(opened).OpenAsync([(record, 10)], default);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = Verb().Parse([.. arguments, "--store", store, "--key-file", keyFile]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
