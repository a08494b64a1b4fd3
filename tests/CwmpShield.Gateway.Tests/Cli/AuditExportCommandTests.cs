using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary><c>audit export</c> on a store with more records than a page.</summary>
public sealed class AuditExportCommandTests : IDisposable
{
    private const int Count = 2500;
    private readonly TemporaryFolder folder = new();
    private readonly string[] store;

    public AuditExportCommandTests() => store = ["--store", folder.File("registry.db"), "--key-file", folder.Write("key", MasterKey.Create().Export())];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Writes_lines_from_which_the_chain_can_be_computed_and_records_that_it_was_asked()
    {
        await FillAsync();
        var path = folder.File("all.jsonl");
        var (code, output, error) = await ExportAsync("--out", path, "--node", "gw-1/cli", "--json", "--progress");

        Assert.Equal((ExitCode.Ok, Count), (code, One(output).GetProperty("records").GetInt32()));
        Assert.Contains($"{Count} records", error, StringComparison.Ordinal);
        var head = AuditChain.Origin.ToArray();
        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(Count, lines.Length);
        foreach (var line in lines)
        {
            var body = line[(line.IndexOf("\"body\":", StringComparison.Ordinal) + 7)..^1];
            AuditChain.Hash(head, System.Text.Encoding.ASCII.GetBytes(body), head);
            Assert.Equal(One(line).GetProperty("hash").GetString(), Convert.ToHexStringLower(head));
        }

        Assert.Equal(new FileInfo(path).Length, One(output).GetProperty("bytes").GetInt64());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var asked = One((await ExportAsync("--kind", "operator-action")).Output.Split('\n')[0]).GetProperty("body");
        Assert.Equal(("audit-export", "ledger"), (asked.GetProperty("action").GetString(), asked.GetProperty("subject").GetString()));
        Assert.Contains($"--out {path}", asked.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "node,sequence,time,kind,")]
    [InlineData("cef", "CEF:0|CwmpShield|")]
    [InlineData("ocsf", "{\"time\":")]
    public async Task Writes_the_other_formats_to_standard_output(string format, string start)
    {
        await FillAsync(3);
        var (code, output, error) = await ExportAsync("--format", format, "--device", "00AABB-HGW-*", "--from", "1h", "--json");

        Assert.Equal(ExitCode.Ok, code);
        Assert.StartsWith(start, output, StringComparison.Ordinal);
        // In CSV a header, and cells of two lines.
        Assert.Equal(format == "csv" ? 7 : 3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(3, One(error).GetProperty("records").GetInt32());
    }

    [Theory]
    [InlineData("{\"v\":1,\"node\":\"gw-2\",\"seq\":99,\"at\":\"2026-11-26T20:15:01.123Z\",\"kind\":\"order-refused\"}", "body")]
    [InlineData("no record", "body_base64")]
    public async Task Names_the_place_of_a_record_whatever_its_body_has_been_made_to_say(string body, string member)
    {
        await FillAsync(1);
        using (var opened = SqliteStore.Open(folder.File("registry.db")))
        {
            await opened.WriteAsync(commands => commands.ExecuteAsync("UPDATE ledger SET body = @body", ("@body", System.Text.Encoding.UTF8.GetBytes(body))), default);
        }

        var line = One((await ExportAsync("--kind", "order-refused")).Output);
        Assert.Equal(("gw-1/cli", 1), (line.GetProperty("node").GetString(), line.GetProperty("sequence").GetInt64()));
        Assert.True(line.TryGetProperty(member, out _));
    }

    [Fact]
    public async Task Writes_over_no_file_and_leaves_none_that_is_not_whole()
    {
        await FillAsync(3);
        var taken = folder.Write("taken", "mine");
        var (code, _, error) = await ExportAsync("--out", taken);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("name another file", error, StringComparison.Ordinal);
        Assert.Equal("mine", (await File.ReadAllTextAsync(taken)).Trim());
        Assert.Equal(ExitCode.Usage, (await ExportAsync("--out", folder.File("nowhere/x"))).Code);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(taken)!, "*.part"));
    }

    [Theory]
    [InlineData("--from", "yesterday")]
    [InlineData("--format", "xml")]
    [InlineData("--kind", "nothing")]
    public async Task Refuses_what_it_does_not_know(string option, string value) => Assert.Equal(ExitCode.Usage, (await ExportAsync(option, value)).Code);

    private async Task FillAsync(int count = Count)
    {
        using var opened = SqliteStore.Open(folder.File("registry.db"));
        await opened.WriteAsync(
            async commands =>
            {
                for (var i = 0; i < count; i++)
                {
                    await OperatorAudit.AppendAsync(commands, "gw-1/cli", new AuditRecord
                    {
                        At = TimeProvider.System.GetUtcNow(),
                        Kind = AuditKind.OrderRefused,
                        Device = "00AABB-HGW-SN1",
                        Message = "Download",
                        Detail = "\"body\":{\n=1",
                    });
                }

                return 0;
            },
            default);
    }

    private Task<(int Code, string Output, string Error)> ExportAsync(params string[] arguments) =>
        CommandLine.RunAsync(CwmpShield.Cli.Audit.AuditCommand.Create(), ["export", .. arguments, .. store]);

    private static JsonElement One(string line) => JsonDocument.Parse(line.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
}
