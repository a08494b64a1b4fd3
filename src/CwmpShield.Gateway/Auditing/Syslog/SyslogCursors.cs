using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>Up to where receivers were served, in the store: what is behind a cursor is not sent again.</summary>
public static class SyslogCursors
{
    /// <summary>
    /// The last record of a chain that every receiver was served with; null where nobody is served. What stands behind it is not delivered:
    /// a prune leaves it, or says that it goes.
    /// </summary>
    public static async ValueTask<long?> LowestAsync(StoreCommands commands, string node)
    {
        ArgumentNullException.ThrowIfNull(commands);
        return await commands.ScalarAsync(
            "SELECT MIN(seq) FROM ledger_delivery WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node)", ("@node", node)) as long?;
    }

    /// <summary>
    /// Where a receiver stands in the chain of a name, which begins here where there is none. A receiver that is new is served from the chain's
    /// end on.
    /// </summary>
    internal static async ValueTask<SyslogCursor> OpenAsync(StoreCommands commands, string receiver, string node)
    {
        var chain = (await LedgerRows.TipAsync(commands, node)).Chain;
        await commands.ExecuteAsync(
            """
            INSERT INTO ledger_delivery (receiver, chain, seq, checkpoint) VALUES (@receiver, @chain,
                (SELECT COALESCE(MAX(seq), 0) FROM ledger WHERE chain = @chain), (SELECT COALESCE(MAX(seq), 0) FROM ledger_checkpoint WHERE chain = @chain))
            ON CONFLICT (receiver, chain) DO NOTHING
            """,
            ("@receiver", receiver),
            ("@chain", chain));
        var rows = await commands.QueryAsync(
            "SELECT seq, checkpoint FROM ledger_delivery WHERE receiver = @receiver AND chain = @chain",
            row => new SyslogCursor(chain, row.GetInt64(0), row.GetInt64(1)),
            ("@receiver", receiver),
            ("@chain", chain));
        return rows[0];
    }

    /// <summary>Writes down where a receiver stands.</summary>
    internal static ValueTask<int> SaveAsync(StoreCommands commands, string receiver, SyslogCursor cursor) => commands.ExecuteAsync(
        "UPDATE ledger_delivery SET seq = @seq, checkpoint = @checkpoint WHERE receiver = @receiver AND chain = @chain",
        ("@seq", cursor.Sequence),
        ("@checkpoint", cursor.Checkpoint),
        ("@receiver", receiver),
        ("@chain", cursor.Chain));

    /// <summary>Forgets the receivers of a chain that are configured no more: nothing is kept for them.</summary>
    internal static async ValueTask ForgetOthersAsync(StoreCommands commands, string node, IReadOnlyCollection<string> receivers)
    {
        var known = await commands.QueryAsync(
            "SELECT receiver, chain FROM ledger_delivery WHERE chain IN (SELECT id FROM ledger_chain WHERE node = @node)",
            row => (Receiver: row.GetString(0), Chain: row.GetInt64(1)),
            ("@node", node));
        foreach (var (receiver, chain) in known.Where(one => !receivers.Contains(one.Receiver, StringComparer.Ordinal)))
        {
            await commands.ExecuteAsync("DELETE FROM ledger_delivery WHERE receiver = @receiver AND chain = @chain", ("@receiver", receiver), ("@chain", chain));
        }
    }
}
