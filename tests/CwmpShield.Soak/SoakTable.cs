using System.Globalization;

namespace CwmpShield.Soak;

/// <summary>Every stranger in a row of a Markdown table: what he tried, what was refused, and what honest devices saw meanwhile.</summary>
internal static class SoakTable
{
    public static void Write(TextWriter output, IReadOnlyList<SoakSample> samples, IReadOnlyList<SoakTurn> turns)
    {
        var quiet = P99(samples.Where(sample => sample.IsQuiet));
        var still = samples.Where(sample => sample.IsQuiet).Select(sample => sample.Process.Megabytes).DefaultIfEmpty().Average();
        output.WriteLine(Say($"quiet: honest p50 {Percentile(samples.Where(sample => sample.IsQuiet), 0.5):0} ms, p99 {quiet:0} ms, memory {still:0} MiB on average"));
        output.WriteLine("| stranger | attempts | refused, most often as | memory at most, MiB | honest sessions | failed | p99 ms | × quiet |");
        output.WriteLine("|---|--:|---|--:|--:|--:|--:|--:|");
        foreach (var group in turns.GroupBy(turn => turn.Name, StringComparer.Ordinal))
        {
            var during = samples.Where(sample => sample.Phase == group.Key).ToList();
            var refused = group.SelectMany(turn => turn.Refused)
                .GroupBy(one => one.Key, one => one.Value, StringComparer.Ordinal)
                .OrderByDescending(one => one.Sum())
                .Take(3)
                .Select(one => Say($"{one.Key} {one.Sum():N0}"));
            var p99 = P99(during);
            output.WriteLine(Say(
                $"| {group.Key} | {group.Sum(turn => turn.Attempts):N0} | {string.Join(", ", refused)} | {during.Select(one => one.Process.Megabytes).DefaultIfEmpty().Max():0} | {during.Sum(one => one.Honest.Milliseconds.Count)} | {during.Sum(one => one.Honest.Failures.Count)} | {p99:0} | {p99 / Math.Max(quiet, 1):0.0} |"));
        }
    }

    private static double P99(IEnumerable<SoakSample> samples) => Percentile(samples, 0.99);

    private static double Percentile(IEnumerable<SoakSample> samples, double share)
    {
        var all = samples.SelectMany(sample => sample.Honest.Milliseconds).Order().ToList();
        return all.Count == 0 ? 0 : all[Math.Min(all.Count - 1, (int)(all.Count * share))];
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
