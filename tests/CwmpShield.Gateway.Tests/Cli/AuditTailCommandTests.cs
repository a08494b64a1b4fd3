using System.CommandLine;
using System.IO.Pipes;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Cli.Audit;
using CwmpShield.Gateway.Tests.Auditing;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary><c>audit tail</c> beside a node that writes.</summary>
public sealed class AuditTailCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Prints_what_is_written_while_it_follows_and_ends_when_it_is_told_to()
    {
        using var lab = await LedgerLab.OpenAsync();
        await using var node = lab.NewNode();
        await node.StartAsync();
        await node.WriteAsync(1);
        await node.WriteAsync(2);
        await using var tail = new Tail(lab, "-f", "--lines", "1", "--json");

        Assert.Equal(("edge", 3L), Place(await tail.LineAsync()));
        Assert.Equal(4, await node.WriteAsync(3));
        Assert.Equal(("edge", 4L), Place(await tail.LineAsync()));
        Assert.Equal(5, await node.WriteAsync(4));
        Assert.Equal(("edge", 5L), Place(await tail.LineAsync()));
        Assert.Equal(ExitCode.Ok, await tail.EndAsync());
    }

    [Fact]
    public async Task Follows_only_what_the_filter_lets_through()
    {
        using var lab = await LedgerLab.OpenAsync();
        await using var node = lab.NewNode();
        await node.StartAsync();
        await node.WriteAsync(1);
        await using var tail = new Tail(lab, "--follow", "--refused");

        Assert.StartsWith("TIME", await tail.LineAsync(), StringComparison.Ordinal);
        await node.WriteAsync(2);
        await node.WriteAsync(3);
        var line = await tail.LineAsync();
        Assert.Contains("order-refused", line, StringComparison.Ordinal);
        Assert.Contains("00D09E-HGW-3", line, StringComparison.Ordinal);
    }

    private static (string Node, long Sequence) Place(string line)
    {
        using var json = JsonDocument.Parse(line);
        var record = json.RootElement.GetProperty("record");
        return (record.GetProperty("node").GetString()!, record.GetProperty("seq").GetInt64());
    }

    /// <summary>The verb as it runs beside a test, and what it prints.</summary>
    private sealed class Tail : IAsyncDisposable
    {
        private readonly AnonymousPipeServerStream printed = new(PipeDirection.In);
        private readonly CancellationTokenSource stop = new();
        private readonly StreamReader reader;
        private readonly Task<int> run;

        public Tail(LedgerLab lab, params string[] arguments)
        {
            reader = new StreamReader(printed);
            var verb = AuditCommand.Create();
            var parsed = new RootCommand { verb }.Parse([verb.Name, "tail", "--store", lab.Registry.Path, .. arguments]);
            Assert.Empty(parsed.Errors);
            run = Task.Run(async () =>
            {
                await using var output = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, printed.ClientSafePipeHandle)) { AutoFlush = true };
                return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, ProcessTerminationTimeout = null }, stop.Token);
            });
        }

        public async Task<string> LineAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await reader.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("it has ended");
        }

        public async Task<int> EndAsync()
        {
            await stop.CancelAsync();
            return await run.WaitAsync(Patience);
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            reader.Dispose();
            await printed.DisposeAsync();
            stop.Dispose();
        }
    }
}
