using System.Data.Common;
using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Finds records of every chain.</summary>
/// <param name="store">The store.</param>
public sealed class LedgerSearch(Store store)
{
    private const int MaxPage = 1000;

    /// <summary>The condition of the index by kind, word for word: only so it is used.</summary>
    private const string RareKinds = " AND refused = 0 AND kind NOT IN ('order-intent', 'order-outcome', 'mirror-rewrite')";

    /// <summary>A page of records.</summary>
    public ValueTask<IReadOnlyList<LedgerRow>> FindAsync(LedgerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (condition, values) = Condition(query);
        var direction = query.OldestFirst ? "ASC" : "DESC";
        var sql = $"SELECT chain, seq, body, hash FROM ledger {condition} ORDER BY at {direction}, chain {direction}, seq {direction} LIMIT @limit";
        return store.ReadAsync(commands => commands.QueryAsync(sql, Row, [.. values, ("@limit", (object?)(long)Math.Clamp(query.Limit, 1, MaxPage))]), cancellationToken);
    }

    /// <summary>One record, null when there is none at this place.</summary>
    public async ValueTask<LedgerRow?> FindAsync(string node, long sequence, CancellationToken cancellationToken)
    {
        const string sql = "SELECT chain, seq, body, hash FROM ledger WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node) AND seq = @seq";
        var rows = await store.ReadAsync(commands => commands.QueryAsync(sql, Row, ("@node", node), ("@seq", sequence)), cancellationToken);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>Records of one chain in the order of its places, those that fit <paramref name="query"/>.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="after">Begins behind this place.</param>
    /// <param name="through">Ends with this place.</param>
    /// <param name="query">Which; its page and order are not looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ValueTask<IReadOnlyList<LedgerRow>> FindAsync(string node, long after, long through, LedgerQuery query, CancellationToken cancellationToken)
    {
        var (condition, values) = Condition(query with { After = null });
        var sql = $"SELECT chain, seq, body, hash FROM ledger {condition} AND chain = (SELECT id FROM ledger_chain WHERE node = @of) AND seq > @after AND seq <= @through ORDER BY seq";
        return store.ReadAsync(commands => commands.QueryAsync(sql, Row, [.. values, ("@of", node), ("@after", after), ("@through", through)]), cancellationToken);
    }

    /// <summary>The first checkpoint that signs a place of a chain, null while none does. Whether its signature is good is not looked at.</summary>
    public async ValueTask<AuditCheckpoint?> CheckpointAsync(string node, long sequence, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT seq, at, head, key_id, signature FROM ledger_checkpoint
            WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node) AND seq >= @seq ORDER BY seq LIMIT 1
            """;
        var rows = await store.ReadAsync(
            commands => commands.QueryAsync(
                sql,
                row => new AuditCheckpoint(
                    node,
                    row.GetInt64(0),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                    Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)),
                    row.GetString(3),
                    row.GetString(4)),
                ("@node", node),
                ("@seq", sequence)),
            cancellationToken);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>Every chain and where it ends.</summary>
    public ValueTask<IReadOnlyList<LedgerTip>> ChainsAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.id, c.node, l.seq, l.hash FROM ledger_chain c
            JOIN ledger l ON l.chain = c.id AND l.seq = (SELECT MAX(seq) FROM ledger WHERE chain = c.id) ORDER BY c.node
            """;
        return store.ReadAsync(
            commands => commands.QueryAsync(sql, row => new LedgerTip(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3))), cancellationToken);
    }

    /// <summary>How many records of each sort there are, hour by hour.</summary>
    public ValueTask<IReadOnlyList<LedgerTally>> TalliesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT hour, kind, message, verdict, rule, reason, model, strength, SUM(records) FROM ledger_tally WHERE hour >= @from AND hour < @to
            GROUP BY hour, kind, message, verdict, rule, reason, model, strength ORDER BY hour
            """;
        return store.ReadAsync(
            commands => commands.QueryAsync(sql, Tally, ("@from", from.ToUnixTimeMilliseconds()), ("@to", to.ToUnixTimeMilliseconds())), cancellationToken);
    }

    private static LedgerTally Tally(DbDataReader row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
        AuditKindName.Parse(row.GetString(1)),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7),
        Convert.ToInt64(row.GetValue(8), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A row of chain, seq, body and hash.</summary>
    internal static LedgerRow Row(DbDataReader row)
    {
        var body = row.GetFieldValue<byte[]>(2);
        var record = AuditJsonReader.Read(body) ?? new AuditRecord { At = DateTimeOffset.UnixEpoch, Kind = AuditKind.Unknown, Detail = "The record cannot be read." };
        return new LedgerRow(row.GetInt64(0), row.GetInt64(1), record, body, row.GetFieldValue<byte[]>(3));
    }

    /// <summary>What a query asks of the table, without order and page size.</summary>
    internal static (string Sql, List<(string Name, object? Value)> Values) Condition(LedgerQuery query)
    {
        var sql = new StringBuilder("WHERE 1 = 1");
        var values = new List<(string, object?)>();
        void Add(string condition, string name, object? value)
        {
            sql.Append(" AND ").Append(condition);
            values.Add((name, value));
        }

        void Equal(string column, string value)
        {
            if (value.Length > 0)
            {
                Add($"{column} = @{column}", $"@{column}", value);
            }
        }

        if (query.From is { } from)
        {
            Add("at >= @from", "@from", from.ToUnixTimeMilliseconds());
        }

        if (query.To is { } to)
        {
            Add("at < @to", "@to", to.ToUnixTimeMilliseconds());
        }

        if (query.After is { } after)
        {
            Add($"(at, chain, seq) {(query.OldestFirst ? '>' : '<')} (@at, @chain, @seq)", "@at", after.At);
            values.AddRange([("@chain", after.Chain), ("@seq", after.Sequence)]);
        }

        if (query.Node.Length > 0)
        {
            Add("chain = (SELECT id FROM ledger_chain WHERE node = @node)", "@node", query.Node);
        }

        sql.Append(query.RefusedOnly ? " AND refused = 1" : "").Append(query.Actor.Length > 0 ? " AND actor <> ''" : "");
        if (query.Kinds.Count > 0)
        {
            sql.Append($" AND kind IN ({string.Join(", ", query.Kinds.Select(kind => $"'{AuditKindName.Of(kind)}'"))})");
            sql.Append(query.Kinds.All(IsRare) ? RareKinds : "");
        }

        Devices(query.Device, sql, Add);
        Equal("model", query.Model);
        Equal("session", query.Session);
        Equal("source", query.Source);
        Equal("message", query.Message);
        Equal("verdict", query.Verdict);
        Equal("rule", query.Rule);
        Equal("reason", query.Reason);
        Equal("actor", query.Actor);
        return (sql.Append(query.Session.Length > 0 ? " AND session <> ''" : "").ToString(), values);
    }

    private static bool IsRare(AuditKind kind) =>
        kind is not (AuditKind.OrderIntent or AuditKind.OrderOutcome or AuditKind.MirrorRewrite) && !new AuditRecord { At = default, Kind = kind }.IsRefusal;

    private static void Devices(string device, StringBuilder sql, Action<string, string, object?> add)
    {
        if (device.Length == 0)
        {
            return;
        }

        sql.Append(" AND device <> ''");
        if (!device.EndsWith('*'))
        {
            add("device = @device", "@device", device);
            return;
        }

        // A range, and no pattern: nothing in the text has a meaning of its own. Names of devices are ASCII.
        add("device >= @device", "@device", device[..^1]);
        add("device < @devices", "@devices", device[..^1] + "~");
    }
}
