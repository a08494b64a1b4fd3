using System.Diagnostics;
using System.Globalization;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Bench;

/// <summary>
/// The ledger on SQLite: records a second that are durable, how long one waits at a thousand a second beside what the disk takes for its own
/// flush, and records verified a second. Processor time stands beside, for machines that do other work, too.
/// </summary>
internal static class LedgerTable
{
    private const int Writers = 512;
    private const int Flushes = 300;

    /// <summary>Measures in a folder of its own, on the disk of <paramref name="place"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="records">Records that are verified.</param>
    /// <param name="place">Folder on the disk; null for the one of temporary files.</param>
    public static async Task PrintAsync(TextWriter output, long records, string? place)
    {
        var folder = place is null ? Directory.CreateTempSubdirectory("cwmpshield-bench-").FullName : Directory.CreateDirectory(Path.Combine(place, $"cwmpshield-bench-{Environment.ProcessId}")).FullName;
        try
        {
            await WaitsAsync(output, folder);
            await ThroughputAsync(output, folder);
            await VerifyAsync(output, Path.Combine(folder, "verified.db"), records);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes a ledger of this many records at <paramref name="path"/> over a quarter of a year, for other measurements.</summary>
    public static async Task FillAsync(TextWriter output, string path, long records)
    {
        using var store = SqliteStore.Open(path, TimeSpan.FromMinutes(1));
        using var key = LedgerKey.Open(path + ".key.pem", "");
        var now = TimeProvider.System.GetUtcNow();
        var cost = Cost.Begin();
        await LedgerFill.WriteAsync(store, key, "edge", records, now - TimeSpan.FromDays(90), now);
        cost.Row(output, $"made {records} records", records);
    }

    private static async Task VerifyAsync(TextWriter output, string path, long records)
    {
        await FillAsync(output, path, records);
        using var store = SqliteStore.Open(path);
        using var key = LedgerKey.Open(path + ".key.pem", "");
        using var trust = new LedgerTrust();
        trust.Add(key.PublicKey);
        var findings = new LedgerFindings();
        var cost = Cost.Begin();
        var verified = await new LedgerVerifier(store, trust).VerifyAsync("", null, findings, null, default);
        cost.Row(output, $"verified {verified.Records} records, {findings.FaultCount} faults, {findings.RemarkCount} remarks", verified.Records);
        GC.Collect();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  managed memory behind it",-58} {GC.GetTotalMemory(forceFullCollection: true) / 1048576.0,12:0.#} MiB"));
    }

    private static async Task ThroughputAsync(TextWriter output, string folder)
    {
        const int each = 400;
        await using var node = await Node.StartAsync(Path.Combine(folder, "throughput.db"));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(node, writer, 20)));
        var cost = Cost.Begin();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(node, writer, each))));
        cost.Row(output, $"durable records, {Writers} that wait", Writers * each);
    }

    private static async Task WriteAsync(Node node, int writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await node.Ledger.WriteAsync(LedgerFill.Record((writer * 1000L) + i, TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>A thousand a second for some seconds, while another thread measures what a flush of the same disk takes between them.</summary>
    private static async Task WaitsAsync(TextWriter output, string folder)
    {
        const int seconds = 8;
        await using var node = await Node.StartAsync(Path.Combine(folder, "waits.db"));
        await WriteAsync(node, 0, 500);
        var flushBefore = Flush(folder);
        var waits = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        for (var number = 0; watch.Elapsed.TotalSeconds < seconds;)
        {
            for (; number < watch.Elapsed.TotalMilliseconds; number++)
            {
                waits.Add(WaitAsync(node, number));
            }

            await Task.Delay(1);
        }

        var times = (await Task.WhenAll(waits)).Order().ToList();
        var flush = flushBefore.Concat(Flush(folder)).Order().ToList();
        Line(output, $"wait for a durable record at {times.Count / seconds}/s", times);
        Line(output, "flush of the same disk (write of 4 KiB and fsync)", flush);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  p99 of the wait as a multiple of the flush's p99",-58} {At(times, 0.99) / At(flush, 0.99),12:0.##}"));
    }

    private static async Task<double> WaitAsync(Node node, int number)
    {
        var start = Stopwatch.GetTimestamp();
        await node.Ledger.WriteAsync(LedgerFill.Record(number, TimeProvider.System.GetUtcNow()));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static List<double> Flush(string folder)
    {
        var times = new List<double>(Flushes);
        using var file = new FileStream(Path.Combine(folder, "flush"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var page = new byte[4096];
        for (var i = 0; i < Flushes; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(page);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(sorted.Count * share)];

    private static void Line(TextWriter output, string what, List<double> sorted) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-58} median {At(sorted, 0.5),8:0.00} ms, p99 {At(sorted, 0.99),8:0.00} ms"));

    /// <summary>Time, processor time and allocation of a piece of work.</summary>
    private sealed record Cost(long Start, TimeSpan Processor, long Allocated)
    {
        public static Cost Begin() => new(Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));

        public void Row(TextWriter output, string what, long count)
        {
            var (wall, used) = (Stopwatch.GetElapsedTime(Start), Process.GetCurrentProcess().TotalProcessorTime - Processor);
            var each = (GC.GetTotalAllocatedBytes(precise: true) - Allocated) / count;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what,-58} {count / wall.TotalSeconds,12:0} /s, processor {used.TotalMicroseconds / count,6:0.0} us each ({count / used.TotalSeconds:0} /s of one core), {each} bytes each"));
        }
    }

    /// <summary>The ledger of a node and its writer, as a gateway has them.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly SqliteStore store;
        private readonly ShieldMetrics metrics = new();
        private readonly LedgerKey key = LedgerKey.Create();
        private readonly LedgerWriter writer;

        private Node(string path)
        {
            var options = new AuditOptions { Node = "edge", Patience = TimeSpan.FromSeconds(20) };
            var time = TimeProvider.System;
            store = SqliteStore.Open(path, TimeSpan.FromSeconds(20));
            Ledger = new Ledger(options, time);
            var checkpoints = new LedgerCheckpoints(options, NullLogger<LedgerCheckpoints>.Instance);
            var records = new NodeRecords(new GatewayOptions { Audit = options }, time);
            var counters = new LedgerMetrics(metrics);
            var chain = new LedgerChain(store, key, checkpoints, records, counters, options, time, NullLogger<LedgerChain>.Instance);
            var operators = new OperatorChain(store, key, checkpoints, counters, options, time, NullLogger<OperatorChain>.Instance);
            writer = new LedgerWriter(Ledger, chain, operators, records, counters, options, time, NullLogger<LedgerWriter>.Instance);
        }

        public Ledger Ledger { get; }

        public static async Task<Node> StartAsync(string path)
        {
            var node = new Node(path);
            await node.writer.StartAsync(default);
            return node;
        }

        public async ValueTask DisposeAsync()
        {
            await writer.StopAsync(default);
            writer.Dispose();
            store.Dispose();
            metrics.Dispose();
            key.Dispose();
        }
    }
}
