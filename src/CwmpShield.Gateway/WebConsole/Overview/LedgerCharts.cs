using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.WebConsole.Charts;
using CwmpShield.Gateway.WebConsole.Evidence;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>Turns hours of the ledger into series for pictures. Pure.</summary>
internal static class LedgerCharts
{
    private static readonly string[] Verdicts = ["forward", "deny", "observe", "hold", "neutralise", "quarantine"];

    private static readonly (AuditKind Kind, string Name)[] Refusals =
    [
        (AuditKind.OrderRefused, "orders refused"),
        (AuditKind.AuthenticationFailed, "log-ins refused"),
        (AuditKind.MessageRefused, "device messages refused"),
        (AuditKind.OrderHeld, "orders held"),
        (AuditKind.Quarantined, "quarantined"),
        (AuditKind.Summarised, "strangers, only counted"),
    ];

    /// <summary>Beginnings of the bars that end with <paramref name="now"/>: an hour each for a day, six hours each for more.</summary>
    public static IReadOnlyList<DateTimeOffset> Places(DateTimeOffset now, int hours)
    {
        var step = Step(hours);
        var last = now.ToUnixTimeSeconds() / 3600 / step * step;
        var count = hours / step;
        return [.. Enumerable.Range(0, count).Select(i => DateTimeOffset.FromUnixTimeSeconds((last - ((count - 1 - i) * step)) * 3600))];
    }

    /// <summary>What is written below a bar.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<DateTimeOffset> places, int hours) =>
        [.. places.Select(at => at.UtcDateTime.ToString(hours <= 24 ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture))];

    /// <summary>A series for each verdict that was given.</summary>
    public static IReadOnlyList<ChartSeries> OfVerdicts(IReadOnlyList<HourCount> counts, IReadOnlyList<DateTimeOffset> places, int hours) =>
        [.. Verdicts.Select(verdict => Series(RecordWords.WordOf(verdict), counts.Where(one => one.Verdict == verdict), places, hours))];

    /// <summary>A series for each kind of refusal.</summary>
    public static IReadOnlyList<ChartSeries> OfRefusals(IReadOnlyList<HourCount> counts, IReadOnlyList<DateTimeOffset> places, int hours) =>
        [.. Refusals.Select(pair => Series(pair.Name, counts.Where(one => one.Kind == pair.Kind), places, hours))];

    private static int Step(int hours) => hours <= 24 ? 1 : 6;

    private static ChartSeries Series(string name, IEnumerable<HourCount> counts, IReadOnlyList<DateTimeOffset> places, int hours)
    {
        var values = new long[places.Count];
        foreach (var one in counts)
        {
            var place = (int)Math.Floor((one.Hour - places[0]).TotalHours / Step(hours));
            if (place >= 0 && place < values.Length)
            {
                values[place] += one.Count;
            }
        }

        return new ChartSeries(name, values);
    }
}
