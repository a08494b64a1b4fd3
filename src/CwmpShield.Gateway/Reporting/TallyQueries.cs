using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Sums over the ledger's tallies: the store adds up, and gives back no more than a page.</summary>
internal sealed class TallyQueries(Store store, DateTimeOffset from, DateTimeOffset to)
{
    private const int MaxKeys = 2000;

    /// <summary>Columns that may be asked for.</summary>
    private static readonly string[] Columns = ["kind", "message", "rule", "reason", "model", "strength", "verdict"];

    /// <summary>Events of some kinds, by one column; the most first.</summary>
    public ValueTask<IReadOnlyList<NamedCount>> ByAsync(string column, IReadOnlyList<AuditKind> kinds, CancellationToken cancellationToken)
    {
        if (!Columns.Contains(column, StringComparer.Ordinal))
        {
            throw new ArgumentException($"{column} is no column of the tallies.", nameof(column));
        }

        var sql = $"""
            SELECT {column}, SUM(records) FROM ledger_tally WHERE hour >= @from AND hour < @to AND kind IN ({Words(kinds)}) AND {column} <> ''
             GROUP BY {column} ORDER BY 2 DESC, 1 LIMIT {MaxKeys}
            """;
        return store.ReadAsync(commands => commands.QueryAsync(sql, row => new NamedCount(row.GetString(0), Whole(row.GetValue(1))), Values()), cancellationToken);
    }

    /// <summary>How many events of some kinds there are.</summary>
    public async ValueTask<long> CountAsync(IReadOnlyList<AuditKind> kinds, CancellationToken cancellationToken) => Whole(
        await store.ReadAsync(
            commands => commands.ScalarAsync($"SELECT SUM(records) FROM ledger_tally WHERE hour >= @from AND hour < @to AND kind IN ({Words(kinds)})", Values()),
            cancellationToken) ?? 0L);

    /// <summary>Events of each kind in each span of time.</summary>
    /// <param name="span">Milliseconds of a span.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public ValueTask<IReadOnlyList<(long Span, AuditKind Kind, long Records)>> OverTimeAsync(long span, CancellationToken cancellationToken)
    {
        var sql = $"SELECT hour / {span.ToString(CultureInfo.InvariantCulture)}, kind, SUM(records) FROM ledger_tally WHERE hour >= @from AND hour < @to GROUP BY 1, 2 ORDER BY 1, 2";
        return store.ReadAsync(
            commands => commands.QueryAsync(sql, row => (row.GetInt64(0) * span, AuditKindName.Parse(row.GetString(1)), Whole(row.GetValue(2))), Values()), cancellationToken);
    }

    private static string Words(IReadOnlyList<AuditKind> kinds) => string.Join(", ", kinds.Select(kind => $"'{AuditKindName.Of(kind)}'"));

    private static long Whole(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private (string Name, object? Value)[] Values() => [("@from", from.ToUnixTimeMilliseconds()), ("@to", to.ToUnixTimeMilliseconds())];
}
