using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Counts the records of a chain by hour, and holds the counts against those that the store keeps: a sum for each hour, not a row for each sort.</summary>
internal sealed class TallyCheck(long chain, string node, LedgerFindings findings)
{
    private readonly Dictionary<long, (ulong Sum, long Records)> hours = [];
    private long firstHour = long.MaxValue;

    /// <summary>Counts a record.</summary>
    public void Add(StoredRecord row, AuditTally tally)
    {
        var columns = row.Columns;
        var hour = Math.DivRem(columns.At, LedgerTally.HourLength).Quotient * LedgerTally.HourLength;
        firstHour = firstHour == long.MaxValue ? hour : firstHour;
        Add(hours, hour, Mark(columns.Kind, LedgerTally.Known(columns.Message), columns.Verdict, columns.Rule, columns.Reason, columns.Model, AuditColumns.Text(tally.Strength)), tally.Count);
    }

    /// <summary>Compares.</summary>
    /// <param name="store">The store.</param>
    /// <param name="isPruned">Whether the beginning of the chain is gone: the counts of its hours stay.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task CompareAsync(Store store, bool isPruned, CancellationToken cancellationToken)
    {
        const string sql = "SELECT hour, kind, message, verdict, rule, reason, model, strength, records FROM ledger_tally WHERE hour >= @from AND hour < @to AND chain = @chain";
        var stored = new Dictionary<long, (ulong, long)>();
        var from = isPruned ? firstHour + LedgerTally.HourLength : long.MinValue;
        await foreach (var (hour, mark, records) in RowsAsync(store, sql, from, cancellationToken))
        {
            Add(stored, hour, mark, records);
        }

        foreach (var hour in hours.Keys.Union(stored.Keys).Where(hour => hour >= from).Order())
        {
            var (counted, kept) = (hours.GetValueOrDefault(hour), stored.GetValueOrDefault(hour));
            if (counted != kept)
            {
                findings.Remark(
                    node,
                    0,
                    LedgerFault.Tally,
                    string.Create(CultureInfo.InvariantCulture, $"the hour of {Time(hour)} has {counted.Records} events, and the counts for pictures say {kept.Item2}"));
            }
        }
    }

    private async IAsyncEnumerable<(long Hour, ulong Mark, long Records)> RowsAsync(
        Store store, string sql, long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const long span = 31 * 24 * LedgerTally.HourLength;
        var next = await NextAsync(store, from, cancellationToken);
        while (next is { } begin)
        {
            var end = begin > long.MaxValue - span ? long.MaxValue : begin + span;
            var rows = await store.ReadAsync(
                commands => commands.QueryAsync(
                    sql,
                    row => (row.GetInt64(0), Mark(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7)), row.GetInt64(8)),
                    ("@from", begin),
                    ("@to", end),
                    ("@chain", chain)),
                cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            next = end == long.MaxValue ? null : await NextAsync(store, end, cancellationToken);
        }
    }

    /// <summary>The first hour that has counts: from one to the next there may be years.</summary>
    private async ValueTask<long?> NextAsync(Store store, long from, CancellationToken cancellationToken) => await store.ReadAsync(
        commands => commands.ScalarAsync("SELECT MIN(hour) FROM ledger_tally WHERE hour >= @from AND chain = @chain", ("@from", from), ("@chain", chain)), cancellationToken) as long?;

    private static void Add(Dictionary<long, (ulong Sum, long Records)> counts, long hour, ulong mark, long records)
    {
        var (sum, count) = counts.GetValueOrDefault(hour);
        counts[hour] = (unchecked(sum + (mark * (ulong)records)), count + records);
    }

    private static ulong Mark(string kind, string message, string verdict, string rule, string reason, string model, string strength) =>
        ((ulong)(uint)HashCode.Combine(kind, message, verdict, rule, reason, model, strength) << 32) | (uint)HashCode.Combine(strength, model, reason, rule, verdict, message, kind);

    private static string Time(long hour) =>
        Math.Abs(hour) < 253_402_300_799_999 / 2 ? DateTimeOffset.FromUnixTimeMilliseconds(hour).ToString("u", CultureInfo.InvariantCulture) : hour.ToString(CultureInfo.InvariantCulture);
}
