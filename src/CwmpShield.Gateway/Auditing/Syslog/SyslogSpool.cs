using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>What is to be delivered of one chain: the ledger itself, behind a cursor.</summary>
internal sealed class SyslogSpool(Store store, string node)
{
    private const int MaxRows = 256;

    /// <summary>The chain's name.</summary>
    public string Node => node;

    /// <summary>The next records behind a cursor.</summary>
    public ValueTask<IReadOnlyList<LedgerRow>> RecordsAsync(SyslogCursor cursor, CancellationToken cancellation) => store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT chain, seq, body, hash FROM ledger WHERE chain = @chain AND seq > @seq ORDER BY seq LIMIT @limit",
            LedgerSearch.Row,
            ("@chain", cursor.Chain),
            ("@seq", cursor.Sequence),
            ("@limit", (long)MaxRows)),
        cancellation);

    /// <summary>The next checkpoints behind a cursor that records up to it have gone before.</summary>
    public ValueTask<IReadOnlyList<AuditCheckpoint>> CheckpointsAsync(SyslogCursor cursor, CancellationToken cancellation) => store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT seq, at, head, key_id, signature FROM ledger_checkpoint WHERE chain = @chain AND seq > @after AND seq <= @seq ORDER BY seq LIMIT @limit",
            row => new AuditCheckpoint(
                node,
                row.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)),
                row.GetString(3),
                row.GetString(4)),
            ("@chain", cursor.Chain),
            ("@after", cursor.Checkpoint),
            ("@seq", cursor.Sequence),
            ("@limit", (long)MaxRows)),
        cancellation);

    /// <summary>How many records stand behind a cursor, and when the first of them was written; null for none.</summary>
    public async ValueTask<(long Records, DateTimeOffset? Oldest)> BehindAsync(SyslogCursor cursor, CancellationToken cancellation)
    {
        var rows = await store.ReadAsync(
            commands => commands.QueryAsync(
                """
                SELECT (SELECT COALESCE(MAX(seq), 0) FROM ledger WHERE chain = @chain),
                    (SELECT at FROM ledger WHERE chain = @chain AND seq > @seq ORDER BY seq LIMIT 1)
                """,
                row => (row.GetInt64(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1)),
                ("@chain", cursor.Chain),
                ("@seq", cursor.Sequence)),
            cancellation);
        var (end, oldest) = rows[0];
        return oldest is { } at ? (end - cursor.Sequence, DateTimeOffset.FromUnixTimeMilliseconds(at)) : (0, null);
    }
}
