using System.Globalization;

namespace CwmpShield.Soak;

/// <summary>Whether what the process holds stayed flat: quiet samples of the first half, after the warm-up, beside those of the last fifth.</summary>
/// <param name="IsFlat">Whether it did, and no honest session failed.</param>
/// <param name="Text">The figures, a line each.</param>
internal sealed record SoakVerdict(bool IsFlat, string Text)
{
    /// <summary>Share of the run that fills tables and caches: the first strangers' turns are the largest.</summary>
    private const double WarmUp = 0.3;

    private const double Growth = 1.15;

    public static SoakVerdict Of(IReadOnlyList<SoakSample> samples)
    {
        var length = samples[^1].At;
        var quiet = samples.Where(sample => sample.IsQuiet).ToList();
        var first = quiet.Where(sample => sample.At > length * WarmUp && sample.At <= length * 0.6).DefaultIfEmpty(quiet[0]).ToList();
        var last = quiet.Where(sample => sample.At > length * 0.8).DefaultIfEmpty(quiet[^1]).ToList();
        var failures = samples.SelectMany(sample => sample.Honest.Failures).ToList();
        (string Line, bool IsFlat)[] figures =
        [
            Compare("memory in MiB", 32, sample => sample.Process.Megabytes, first, last),
            Compare("handles", 50, sample => sample.Process.Handles, first, last),
            Compare("threads", 10, sample => sample.Process.Threads, first, last),
            (Say($"honest sessions: {samples.Sum(sample => sample.Honest.Milliseconds.Count)} good, {failures.Count} failed {string.Join("; ", failures.Distinct().Take(5))}"), failures.Count == 0),
        ];
        var isFlat = figures.All(figure => figure.IsFlat);
        return new SoakVerdict(isFlat, string.Join('\n', [.. figures.Select(figure => figure.Line), isFlat ? "flat" : "NOT FLAT"]));
    }

    private static (string Line, bool IsFlat) Compare(string what, double slack, Func<SoakSample, double> figure, List<SoakSample> first, List<SoakSample> last)
    {
        var (before, after) = (Median(first.Select(figure)), Median(last.Select(figure)));
        var isFlat = after <= before * Growth + slack;
        return (Say($"{what}: {before:0} after the warm-up, {after:0} at the end{(isFlat ? "" : ": it grows")}"), isFlat);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
