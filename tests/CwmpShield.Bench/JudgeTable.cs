using System.Diagnostics;
using CwmpShield.Core.Rules;

namespace CwmpShield.Bench;

/// <summary>What reading, judging and writing a message costs of one core, by processor time: a busy machine changes it little.</summary>
internal static class JudgeTable
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(250);

    private const int Batches = 9;

    public static void Print(TextWriter output, string? rulesPath)
    {
        var rules = Stages.Rules(rulesPath);
        output.WriteLine($"{rules.Rules.Length} rules; processor time of one thread, best and median of {Batches} batches");
        output.WriteLine($"{"message",-40} {"bytes",9} {"us",9} {"median",9} {"MB/s",7} {"KiB alloc",10}");
        foreach (var sample in new[] { Samples.Inform, Samples.Values, Samples.Order, Samples.Report(20 << 10), Samples.Names(736 << 10) })
        {
            Row(output, sample, rules);
        }

        output.WriteLine("the length of a message");
        foreach (var size in new[] { 2, 8, 32, 128, 512, 2048, 8192 })
        {
            Row(output, Samples.Report(size << 10), rules);
        }
    }

    private static void Row(TextWriter output, Sample sample, RuleSet rules)
    {
        Measure(sample, rules, out _);
        Measure(sample, rules, out _);
        var times = new double[Batches];
        long allocated = 0;
        for (var i = 0; i < Batches; i++)
        {
            times[i] = Measure(sample, rules, out allocated);
        }

        Array.Sort(times);
        output.WriteLine($"{sample.Name,-40} {sample.Body.Length,9} {times[0],9:0.0} {times[Batches / 2],9:0.0} {sample.Body.Length / times[0],7:0} {allocated / 1024.0,10:0.0}");
    }

    private static double Measure(Sample sample, RuleSet rules, out long allocated)
    {
        var each = Math.Max(1, (1 << 18) / sample.Body.Length);
        using var process = Process.GetCurrentProcess();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = process.TotalProcessorTime;
        var count = 0;
        TimeSpan took;
        do
        {
            for (var i = 0; i < each; i++)
            {
                GC.KeepAlive(Stages.Judge(sample, rules));
            }

            count += each;
            process.Refresh();
            took = process.TotalProcessorTime - start;
        }
        while (took < Batch);

        allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        return took.TotalMicroseconds / count;
    }
}
