using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Charts;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>How often a rule was the first to hold, day by day, from the ledger's tallies.</summary>
internal sealed class RuleHits(Store store)
{
    private const long Day = 86_400_000;
    private static readonly string[] Verdicts = ["deny", "hold", "quarantine", "neutralise", "observe"];

    /// <summary>A series for each verdict.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="from">Midnight of the first day.</param>
    /// <param name="days">Days.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<IReadOnlyList<ChartSeries>> ReadAsync(string rule, DateTimeOffset from, int days, CancellationToken cancellationToken)
    {
        var begin = from.ToUnixTimeMilliseconds();
        var rows = await store.ReadAsync(
            commands => commands.QueryAsync(
                "SELECT hour, verdict, records FROM ledger_tally WHERE hour >= @from AND rule = @rule AND kind NOT IN ('mirror-rewrite', 'quarantined')",
                row => (Day: (int)((row.GetInt64(0) - begin) / Day), Verdict: row.GetString(1), Count: row.GetInt64(2)),
                ("@from", begin),
                ("@rule", rule)),
            cancellationToken);
        return [.. Verdicts.Select(verdict =>
        {
            var values = new long[days];
            foreach (var row in rows.Where(row => row.Verdict == verdict && row.Day < days))
            {
                values[row.Day] += row.Count;
            }

            return new ChartSeries(RecordWords.WordOf(verdict), values);
        })];
    }
}
