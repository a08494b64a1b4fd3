using BenchmarkDotNet.Attributes;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Bench;

/// <summary>Time and allocation of reading, rewriting and judging one message.</summary>
[MemoryDiagnoser]
public class MessageBenchmarks
{
    private readonly RuleSet _rules = Stages.Rules();

    /// <summary>The message.</summary>
    [ParamsSource(nameof(All))]
    public Sample Message { get; set; } = Samples.Inform;

    /// <summary>The messages.</summary>
    public static IEnumerable<Sample> All => [Samples.Inform, Samples.Values, Samples.Order, Samples.Report(20 << 10), Samples.Names(736 << 10)];

    /// <summary>Bytes to envelope.</summary>
    [Benchmark]
    public SoapEnvelope Read() => Stages.Read(Message);

    /// <summary>Bytes to message to bytes.</summary>
    [Benchmark]
    public int Rewrite() => Stages.Rewrite(Message);

    /// <summary>The whole: read, judge by the shipped rules, write.</summary>
    [Benchmark(Baseline = true)]
    public Inspection Judge() => Stages.Judge(Message, _rules);
}
