using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing;

/// <summary>The ledger's tables: chains, records, tallies and checkpoints, each within a transaction of the caller's.</summary>
internal static class LedgerRows
{
    /// <summary>Columns of a record in the order of <see cref="LedgerRow.Values"/>.</summary>
    public const string Columns =
        "chain, seq, at, kind, refused, device, model, session, source, message, verdict, rule, reason, actor, body, hash";

    /// <summary>The end of a node's chain, which begins here where there is none. Until the transaction ends nobody else can add to it.</summary>
    public static async ValueTask<LedgerTip> TipAsync(StoreCommands commands, string node)
    {
        await commands.ExecuteAsync("INSERT INTO ledger_chain (node) VALUES (@node) ON CONFLICT (node) DO NOTHING", ("@node", node));
        await commands.ExecuteAsync("UPDATE ledger_chain SET node = node WHERE node = @node", ("@node", node));
        var chain = (long)(await commands.ScalarAsync("SELECT id FROM ledger_chain WHERE node = @node", ("@node", node)))!;
        var last = await commands.QueryAsync(
            "SELECT seq, hash FROM ledger WHERE chain = @chain ORDER BY seq DESC LIMIT 1",
            row => new LedgerTip(chain, node, row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            ("@chain", chain));
        return last.Count > 0 ? last[0] : new LedgerTip(chain, node, 0, AuditChain.Origin.ToArray());
    }

    /// <summary>Makes <paramref name="writer"/> the one who writes a chain; whoever did before fails from now on.</summary>
    public static async ValueTask TakeAsync(StoreCommands commands, long chain, string writer) =>
        await commands.ExecuteAsync("UPDATE ledger_chain SET writer = @writer WHERE id = @chain", ("@writer", writer), ("@chain", chain));

    /// <summary>Holds the chain until the transaction ends.</summary>
    /// <exception cref="LedgerTakenException">Somebody else writes it since.</exception>
    public static async ValueTask HoldAsync(StoreCommands commands, LedgerTip tip, string writer)
    {
        const string sql = "UPDATE ledger_chain SET writer = writer WHERE id = @chain AND writer = @writer";
        if (await commands.ExecuteAsync(sql, ("@chain", tip.Chain), ("@writer", writer)) == 0)
        {
            throw new LedgerTakenException(tip.Node);
        }
    }

    /// <summary>Adds records, and counts them.</summary>
    public static async ValueTask AppendAsync(StoreCommands commands, IReadOnlyList<LedgerRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await BulkInsert.RunAsync(commands, $"ledger ({Columns})", "", [.. rows.Select(row => row.Values())]);
        await BulkInsert.RunAsync(
            commands,
            "ledger_tally (hour, chain, kind, message, verdict, rule, reason, model, strength, records)",
            "ON CONFLICT (hour, chain, kind, message, verdict, rule, reason, model, strength) DO UPDATE SET records = ledger_tally.records + excluded.records",
            LedgerTally.Of(rows));
    }

    /// <summary>Adds a checkpoint, and the key that signed it.</summary>
    public static async ValueTask AddAsync(StoreCommands commands, long chain, AuditCheckpoint checkpoint, byte[] publicKey)
    {
        await commands.ExecuteAsync(
            "INSERT INTO ledger_key (id, public_key) VALUES (@id, @key) ON CONFLICT (id) DO NOTHING", ("@id", checkpoint.KeyId), ("@key", publicKey));
        await commands.ExecuteAsync(
            """
            INSERT INTO ledger_checkpoint (chain, seq, at, head, key_id, signature) VALUES (@chain, @seq, @at, @head, @key, @signature)
            ON CONFLICT (chain, seq) DO NOTHING
            """,
            ("@chain", chain),
            ("@seq", checkpoint.Sequence),
            ("@at", checkpoint.At.ToUnixTimeMilliseconds()),
            ("@head", Convert.FromHexString(checkpoint.Head)),
            ("@key", checkpoint.KeyId),
            ("@signature", checkpoint.Signature));
    }

    /// <summary>The last checkpoint of a node's chain, null for none.</summary>
    public static async ValueTask<AuditCheckpoint?> CheckpointAsync(StoreCommands commands, string node)
    {
        const string sql = """
            SELECT seq, at, head, key_id, signature FROM ledger_checkpoint
            WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node) ORDER BY seq DESC LIMIT 1
            """;
        var rows = await commands.QueryAsync(
            sql,
            row => new AuditCheckpoint(
                node, row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)), row.GetString(3), row.GetString(4)),
            ("@node", node));
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>The last place of a chain that was signed, 0 for none.</summary>
    public static async ValueTask<long> LastSignedAsync(StoreCommands commands, long chain) =>
        await commands.ScalarAsync("SELECT MAX(seq) FROM ledger_checkpoint WHERE chain = @chain", ("@chain", chain)) as long? ?? 0;

    /// <summary>The last record of a chain, of one kind or of any; null when there is none.</summary>
    public static async ValueTask<AuditRecord?> LastAsync(StoreCommands commands, long chain, AuditKind? kind)
    {
        var rows = await commands.QueryAsync(
            $"SELECT body FROM ledger WHERE chain = @chain {(kind is null ? "" : "AND kind = @kind")} ORDER BY seq DESC LIMIT 1",
            row => row.GetFieldValue<byte[]>(0),
            ("@chain", chain),
            ("@kind", kind is { } one ? AuditKindName.Of(one) : ""));
        return rows.Count > 0 ? AuditJsonReader.Read(rows[0]) : null;
    }
}
