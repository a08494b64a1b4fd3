using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Bench;

/// <summary>What counting costs a message, and what a scrape costs, both in CPU time: other work on the machine does not count.</summary>
internal static class MetricTable
{
    private const int Times = 200_000;
    private const int Batches = 10;
    private const int Scrapes = 200;

    public static void Print(TextWriter output)
    {
        using var metrics = new ShieldMetrics();
        using var text = new PrometheusText(metrics);
        var throttle = new ThrottleMetrics(metrics, new PartyLimits(new ThrottleOptions().ToSettings()), new ImpersonationWatch(new ImpersonationOptions().ToSettings()));
        Fill(metrics, throttle);
        output.WriteLine($"{"step",-76} {"CPU us",8} {"bytes",7}");
        Row(output, "a message that goes on", () => metrics.Judged(RpcKind.GetParameterValues, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromMicroseconds(70)));
        using (ExchangeTrace.Begin())
        {
            Row(output, "an order that is refused: judged, refused, by class, with its exchange", () =>
            {
                metrics.Judged(RpcKind.Download, Direction.AcsToCpe, Verdict.Deny, TimeSpan.FromMicroseconds(70));
                metrics.Refused("rule-1", RuleReason.Denied);
                metrics.Exchanges.OrderRefused(RpcKind.Download, "rule-1", RuleReason.Denied);
            });
        }

        Row(output, "a number for an exchange", () => ExchangeTrace.Begin()?.Dispose());
        Scrape(output, text, PrometheusFormat.Text);
        Scrape(output, text, PrometheusFormat.OpenMetrics);
    }

    /// <summary>The series that a node has after some months: every method, 250 rules of which 60 have refused, four listeners, 40 models.</summary>
    private static void Fill(ShieldMetrics metrics, ThrottleMetrics throttle)
    {
        foreach (var rpc in Enum.GetValues<RpcKind>())
        {
            foreach (var verdict in Enum.GetValues<Verdict>())
            {
                metrics.Judged(rpc, Direction.AcsToCpe, verdict, TimeSpan.FromMicroseconds(90));
                metrics.Judged(rpc, Direction.CpeToAcs, verdict, TimeSpan.FromMicroseconds(90));
            }
        }

        using var exchange = ExchangeTrace.Begin();
        for (var i = 0; i < 60; i++)
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"rule-{i}");
            foreach (var reason in new[] { RuleReason.Denied, RuleReason.Held })
            {
                metrics.Refused(rule, reason);
                metrics.Exchanges.OrderRefused(RpcKind.SetParameterValues, rule, reason);
                metrics.Exchanges.OrderRefused(RpcKind.Download, rule, reason);
            }
        }

        var rules = Enumerable.Range(0, 250).Select(i => new System.Diagnostics.Metrics.Measurement<int>(
            1, new("rule", $"rule-{i}"), new("class", $"class-{i % 25}"), new("rule_severity", "high"), new("action", "deny"))).ToArray();
        metrics.Meter.CreateObservableGauge("cwmpshield.rule.info", () => rules);
        foreach (var listener in new[] { "fleet", "legacy", "bootstrap", "lab" })
        {
            for (var i = 0; i < 12; i++)
            {
                metrics.TlsHandshake(listener, "Tls13", string.Create(CultureInfo.InvariantCulture, $"TLS_SUITE_{i}"));
                metrics.Authenticated(listener, string.Create(CultureInfo.InvariantCulture, $"reason-{i}"));
                metrics.RequestRejected(listener, string.Create(CultureInfo.InvariantCulture, $"reason-{i}"));
                throttle.Refused(listener, string.Create(CultureInfo.InvariantCulture, $"reason-{i}"), isObserved: false);
            }
        }

        foreach (var strength in Enum.GetValues<IdentityStrength>())
        {
            metrics.SessionStarted(strength);
        }
    }

    private static void Row(TextWriter output, string step, Action work)
    {
        // All batches together: the system counts CPU time in ticks, so that the least of short spans says too little.
        Repeat(work, Times);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var spent = CpuOf(() => Repeat(work, Batches * Times)).TotalMicroseconds / (Batches * Times);
        output.WriteLine($"{step,-76} {spent,8:0.00} {(GC.GetAllocatedBytesForCurrentThread() - before) / (Batches * (long)Times),7}");
    }

    private static void Repeat(Action work, int times)
    {
        for (var i = 0; i < times; i++)
        {
            work();
        }
    }

    private static void Scrape(TextWriter output, PrometheusText text, PrometheusFormat format)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        void Once()
        {
            buffer.ResetWrittenCount();
            text.Write(format, buffer);
        }

        Enumerable.Range(0, Scrapes).ToList().ForEach(_ => Once());
        var spent = CpuOf(() =>
        {
            for (var i = 0; i < Scrapes; i++)
            {
                Once();
            }
        });
        var lines = buffer.WrittenSpan.Count((byte)'\n');
        output.WriteLine($"a scrape as {(format == PrometheusFormat.Text ? "text" : "OpenMetrics")}: {spent.TotalMilliseconds / Scrapes:0.00} ms of CPU, {lines} lines, {buffer.WrittenCount / 1024} KiB");
    }

    private static TimeSpan CpuOf(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
