using System.Globalization;
using System.Text;

namespace CwmpShield.Cli.Sizing;

/// <summary>The table of docs/sizing.md.</summary>
internal static class SizingTable
{
    private static readonly long[] Fleets = [10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly TimeSpan[] Intervals = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>Every fleet with every interval.</summary>
    public static IReadOnlyList<SizingPlan> Plans(double orders, double sessionSeconds) =>
        [.. Fleets.SelectMany(devices => Intervals.Select(interval => new SizingPlan(devices, interval, orders, sessionSeconds)))];

    /// <summary>The table as Markdown.</summary>
    public static string Text(IReadOnlyList<SizingPlan> plans)
    {
        var text = new StringBuilder("| devices | Inform every | sessions a second | cores | memory, GiB | ledger a day, GB | all back after an outage |\n|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var plan in plans)
        {
            var every = plan.Interval.TotalHours >= 1 ? $"{plan.Interval.TotalHours:0} h" : $"{plan.Interval.TotalMinutes:0} min";
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {plan.Devices:#,0} | {every} | {plan.SessionsPerSecond:#,0.0} | {plan.Cores:#,0} | {plan.MemoryMebibytes / 1024.0:#,0.0} | {plan.LedgerBytesPerDay / 1e9:#,0.00} | {plan.StormSeconds / 60:#,0.0} min |"));
        }

        return text.ToString().TrimEnd();
    }
}
