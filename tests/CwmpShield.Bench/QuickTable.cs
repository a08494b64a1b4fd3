using System.Diagnostics;

namespace CwmpShield.Bench;

/// <summary>A table of time and allocation in about twenty seconds, for a look between two changes.</summary>
internal static class QuickTable
{
    private const int Batches = 15;

    public static void Print(TextWriter output, string? rulesPath)
    {
        var rules = Stages.Rules(rulesPath);
        output.WriteLine($"{"message",-40} {"stage",-12} {"us",10} {"KiB",10} {"ns/byte",8}");
        foreach (var sample in new[] { Samples.Inform, Samples.Report(20 << 10), Samples.Names(736 << 10), Samples.Values, Samples.Order, Samples.Report(1 << 18), Samples.Report(1 << 20), Samples.Report(1 << 22), Samples.Report(1 << 24) })
        {
            Row(output, sample, "read", () => Stages.Read(sample));
            Row(output, sample, "understand", () => Stages.Understand(sample));
            Row(output, sample, "rewrite", () => Stages.Rewrite(sample));
            Row(output, sample, "judge", () => Stages.Judge(sample, rules));
        }
    }

    private static void Row(TextWriter output, Sample sample, string stage, Func<object> work)
    {
        var each = Math.Max(1, (1 << 20) / sample.Body.Length);
        var budget = Stopwatch.StartNew();
        do
        {
            Run(work, each);
        }
        while (budget.ElapsedMilliseconds < 250);

        var best = double.MaxValue;
        var allocated = 0L;
        for (var i = 0; i < (sample.Body.Length > 1 << 20 ? 3 : Batches); i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            Run(work, each);
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / each);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / each;
        }

        output.WriteLine($"{sample.Name,-40} {stage,-12} {best,10:0.0} {allocated / 1024.0,10:0.0} {best * 1000 / sample.Body.Length,8:0.0}");
    }

    private static void Run(Func<object> work, int times)
    {
        for (var i = 0; i < times; i++)
        {
            GC.KeepAlive(work());
        }
    }
}
