using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>What pages ask the ledger beyond a page of records. Every question reads a bounded number of rows.</summary>
internal sealed class EvidenceStore(Store store)
{
    /// <summary>Records that a count looks at, the newest first.</summary>
    public const int MaxCounted = 20_000;

    /// <summary>Refusals of a day that are looked at, the newest first.</summary>
    public const int MaxRefusals = 200_000;

    private const int MaxRanks = 8;
    private const int MaxAttacks = 100;
    private const string OneRow = "SELECT chain, seq, body, hash FROM ledger WHERE ";

    /// <summary>A download that waits until its image is fetched and verified attacks nobody: the ACS asks again.</summary>
    private static readonly string NewestSql =
        $"(SELECT at, device, kind, message, rule, reason, verdict, source FROM ledger WHERE refused = 1 AND reason <> '{ArtefactReason.NotReady}' AND at >= @from AND at < @to ORDER BY at DESC LIMIT {MaxRefusals}) AS newest";

    /// <summary>Strangers have no device: theirs are told apart by address.</summary>
    private static readonly string AttackSql = $"""
        SELECT device, kind, message, rule, reason, verdict, MIN(source), COUNT(DISTINCT source), COUNT(*) AS records, MIN(at), MAX(at) FROM {NewestSql}
        GROUP BY device, kind, message, rule, reason, verdict, CASE WHEN device = '' THEN source ELSE '' END ORDER BY records DESC, 11 DESC LIMIT {MaxAttacks + 1}
        """;

    private static readonly string TotalSql =
        $"SELECT COUNT(*), COUNT(DISTINCT CASE WHEN device <> '' THEN device END), COALESCE(SUM(CASE WHEN device = '' THEN 1 ELSE 0 END), 0) FROM {NewestSql}";

    /// <summary>The record at a place; null when there is none.</summary>
    public async ValueTask<LedgerRow?> FindAsync(long chain, long sequence, CancellationToken cancellationToken) =>
        (await store.ReadAsync(commands => commands.QueryAsync(OneRow + "chain = @chain AND seq = @seq", LedgerSearch.Row, ("@chain", chain), ("@seq", sequence)), cancellationToken)).SingleOrDefault();

    /// <summary>Counts what fits <paramref name="query"/>.</summary>
    public ValueTask<RecordCounts> CountAsync(LedgerQuery query, CancellationToken cancellationToken)
    {
        var (condition, values) = LedgerSearch.Condition(query with { After = null });
        (string, object?)[] all = [.. values];
        return store.ReadAsync(
            async commands =>
            {
                var rules = await RanksAsync(commands, "rule", condition, all);
                var devices = await RanksAsync(commands, "device", condition, all);
                var counted = Number(await commands.ScalarAsync($"SELECT count(*) FROM (SELECT 1 FROM ledger {condition} LIMIT {MaxCounted + 1}) AS newest", all));
                return new RecordCounts(Math.Min(counted, MaxCounted), counted <= MaxCounted, rules, devices);
            },
            cancellationToken);
    }

    /// <summary>The refusals from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public ValueTask<AttackDay> AttacksAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        (string, object?)[] values = [("@from", from.ToUnixTimeMilliseconds()), ("@to", to.ToUnixTimeMilliseconds())];
        return store.ReadAsync(
            async commands =>
            {
                var found = await commands.QueryAsync(AttackSql, Row, values);
                var (refusals, devices, strangers) = (await commands.QueryAsync(
                    TotalSql, row => (Number(row.GetValue(0)), Number(row.GetValue(1)), Number(row.GetValue(2))), values))[0];
                List<Attack> shown = [];
                foreach (var attack in found.Take(MaxAttacks))
                {
                    shown.Add(attack with { Example = await ExampleAsync(commands, attack) });
                }

                var summarised = await commands.ScalarAsync(
                    "SELECT SUM(records) FROM ledger_tally WHERE hour >= @from AND hour < @to AND kind = 'summarised' AND verdict = 'deny'", values);
                return new AttackDay(
                    shown,
                    found.Count > shown.Count,
                    devices,
                    refusals,
                    strangers,
                    refusals < MaxRefusals,
                    Number(summarised));
            },
            cancellationToken);
    }

    /// <summary>The first checkpoint at or behind a record: what vouches for it. Null where none was signed yet.</summary>
    public async ValueTask<AuditCheckpoint?> CheckpointAsync(LedgerRow row, CancellationToken cancellationToken) => (await store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT seq, at, head, key_id, signature FROM ledger_checkpoint WHERE chain = @chain AND seq >= @seq ORDER BY seq LIMIT 1",
            reader => new AuditCheckpoint(
                row.Record.Node, reader.GetInt64(0), reader.Time(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2)), reader.GetString(3), reader.GetString(4)),
            ("@chain", row.Chain),
            ("@seq", row.Sequence)),
        cancellationToken)).SingleOrDefault();

    /// <summary>Every chain as it stands.</summary>
    public ValueTask<IReadOnlyList<ChainState>> ChainsAsync(CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            """
            SELECT c.node, (SELECT MIN(seq) FROM ledger WHERE chain = c.id), l.seq, l.at, l.hash, k.seq, k.at, k.key_id FROM ledger_chain c
            JOIN ledger l ON l.chain = c.id AND l.seq = (SELECT MAX(seq) FROM ledger WHERE chain = c.id)
            LEFT JOIN ledger_checkpoint k ON k.chain = c.id AND k.seq = (SELECT MAX(seq) FROM ledger_checkpoint WHERE chain = c.id) ORDER BY c.node LIMIT 1000
            """,
            row => new ChainState(
                row.GetString(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.Time(3),
                Convert.ToHexStringLower(row.GetFieldValue<byte[]>(4)),
                row.IsDBNull(5) ? null : row.GetInt64(5),
                row.TimeOrNull(6),
                row.IsDBNull(7) ? "" : row.GetString(7))),
        cancellationToken);

    private static ValueTask<IReadOnlyList<(string Name, long Count)>> RanksAsync(StoreCommands commands, string column, string condition, (string, object?)[] values) =>
        commands.QueryAsync(
            $"SELECT {column}, count(*) AS records FROM (SELECT {column} FROM ledger {condition} ORDER BY at DESC, chain DESC, seq DESC LIMIT {MaxCounted}) AS newest GROUP BY {column} ORDER BY records DESC, {column} LIMIT {MaxRanks}",
            reader => (reader.GetString(0), reader.GetInt64(1)),
            values);

    private static async ValueTask<LedgerRow?> ExampleAsync(StoreCommands commands, Attack attack) => (await commands.QueryAsync(
        OneRow + "refused = 1 AND at = @at AND device = @device AND kind = @kind AND message = @message AND rule = @rule AND reason = @reason ORDER BY chain, seq LIMIT 1",
        LedgerSearch.Row,
        ("@at", attack.Last.ToUnixTimeMilliseconds()),
        ("@device", attack.Device),
        ("@kind", AuditKindName.Of(attack.Kind)),
        ("@message", attack.Message),
        ("@rule", attack.Rule),
        ("@reason", attack.Reason))).SingleOrDefault();

    private static Attack Row(System.Data.Common.DbDataReader reader) => new(
        reader.GetString(0),
        AuditKindName.Parse(reader.GetString(1)),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.GetInt64(7),
        reader.GetInt64(8),
        reader.Time(9),
        reader.Time(10));

    private static long Number(object? value) => value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
