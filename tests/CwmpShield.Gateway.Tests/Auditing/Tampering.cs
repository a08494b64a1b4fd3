using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>What somebody who can write the store does to it, and what verification must name.</summary>
/// <param name="Do">Does it.</param>
/// <param name="Named">Place, last place and fault of what must be among the findings.</param>
/// <param name="WithFile">Whether a copy of the checkpoints is needed to see it.</param>
internal sealed record Tampering(Func<LedgerLab, Task> Do, IReadOnlyList<(long First, long Last, string Fault)> Named, bool WithFile = false)
{
    public static IReadOnlyDictionary<string, Tampering> Ways { get; } = new Dictionary<string, Tampering>(StringComparer.Ordinal)
    {
        ["a body is changed"] = new(lab => BodyAsync(lab, 20, record => record with { MessageId = "other" }), [(20, 20, LedgerFault.Changed)]),
        ["a hash is changed"] = new(lab => Sql(lab, "UPDATE ledger SET hash = @hash WHERE seq = 20", ("@hash", new byte[32])), [(20, 20, LedgerFault.Changed)]),
        ["a body is no record"] = new(
            lab => Sql(lab, "UPDATE ledger SET body = @body WHERE seq = 20", ("@body", "{\"v\":1}"u8.ToArray())), [(20, 20, LedgerFault.Changed), (20, 20, LedgerFault.Unreadable)]),
        ["a device is renamed beside the body"] = new(lab => Sql(lab, "UPDATE ledger SET device = 'nobody' WHERE seq = 20"), [(20, 20, LedgerFault.Column)]),
        ["a refusal is hidden"] = new(lab => Sql(lab, "UPDATE ledger SET refused = 0 WHERE seq = 22"), [(22, 22, LedgerFault.Column)]),
        ["records are removed"] = new(lab => Sql(lab, "DELETE FROM ledger WHERE seq BETWEEN 20 AND 22"), [(20, 22, LedgerFault.Removed)]),
        ["the end is removed"] = new(lab => Sql(lab, "DELETE FROM ledger WHERE seq > 35"), [(36, 42, LedgerFault.TailRemoved)]),
        ["a record is put in and all behind it are chained anew"] = new(
            lab => lab.RewriteAsync(25, records => records.Prepend(LedgerNode.Record(7))), [(31, 31, LedgerFault.Replaced), (41, 41, LedgerFault.Replaced), (42, 42, LedgerFault.Replaced)]),
        ["a record is taken out and all behind it are chained anew"] = new(
            lab => lab.RewriteAsync(25, records => records.Skip(1)), [(31, 31, LedgerFault.Replaced), (42, 42, LedgerFault.TailRemoved)]),
        ["two records change places"] = new(SwapAsync, [(20, 20, LedgerFault.Misplaced), (25, 25, LedgerFault.Misplaced), (20, 20, LedgerFault.Changed), (25, 25, LedgerFault.Changed)]),
        ["a record is repeated at the end"] = new(RepeatAsync, [(43, 43, LedgerFault.Misplaced)]),
        ["the chain is replaced by another"] = new(
            lab => lab.RewriteAsync(1, records => records.Select(one => one with { Trace = "00" })), [(1, 1, LedgerFault.Replaced), (42, 42, LedgerFault.Replaced)]),
        ["a checkpoint says another head"] = new(
            lab => Sql(lab, "UPDATE ledger_checkpoint SET head = @head WHERE seq = 21", ("@head", new byte[32])), [(21, 21, LedgerFault.CheckpointForged)]),
        ["a checkpoint is signed by somebody else"] = new(lab => ForgeAsync(lab, 21), [(21, 21, LedgerFault.KeyUnknown)]),
        ["the checkpoint of the node's end is removed"] = new(lab => Sql(lab, "DELETE FROM ledger_checkpoint WHERE seq = 42"), [(42, 42, LedgerFault.CheckpointRemoved)]),
        ["a checkpoint is removed that is kept elsewhere"] = new(
            lab => Sql(lab, "DELETE FROM ledger_checkpoint WHERE seq = 21"), [(21, 21, LedgerFault.CheckpointRemoved)], WithFile: true),
        ["the beginning is removed without a record"] = new(PruneAsync, [(1, 21, LedgerFault.StartRemoved)]),
        ["the end is removed with its checkpoints"] = new(CutAsync, [(36, 42, LedgerFault.TailRemoved)], WithFile: true),
        ["the chain is removed whole"] = new(RemoveAsync, [(1, 42, LedgerFault.ChainRemoved)], WithFile: true),
    };

    private static async Task Sql(LedgerLab lab, string sql, params (string, object?)[] values) => Assert.True(await lab.ExecuteAsync(sql, values) > 0);

    private static async Task BodyAsync(LedgerLab lab, long sequence, Func<AuditRecord, AuditRecord> change)
    {
        var row = (await lab.RowsAsync()).Single(one => one.Sequence == sequence);
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        AuditJson.Write(change(row.Record), body);
        await Sql(lab, "UPDATE ledger SET body = @body WHERE seq = @seq", ("@body", body.WrittenSpan.ToArray()), ("@seq", sequence));
    }

    private static async Task SwapAsync(LedgerLab lab)
    {
        foreach (var (from, to) in new[] { (20L, 1000L), (25L, 20L), (1000L, 25L) })
        {
            await Sql(lab, "UPDATE ledger SET seq = @to WHERE seq = @from", ("@from", from), ("@to", to));
        }
    }

    private static async Task RepeatAsync(LedgerLab lab)
    {
        var rows = await lab.RowsAsync();
        var (last, again) = (rows[^1], rows.Single(one => one.Sequence == 20));
        var hash = new byte[AuditChain.HashLength];
        AuditChain.Hash(last.Hash, again.Body, hash);
        await lab.Store.WriteAsync(
            async commands =>
            {
                await LedgerRows.AppendAsync(commands, [again with { Sequence = last.Sequence + 1, Hash = hash }]);
                return 0;
            },
            default);
    }

    private static async Task ForgeAsync(LedgerLab lab, long sequence)
    {
        using var other = LedgerKey.Create();
        var row = (await lab.RowsAsync()).Single(one => one.Sequence == sequence);
        var forged = other.Sign(new LedgerTip(row.Chain, LedgerLab.Node, sequence, row.Hash), TimeProvider.System.GetUtcNow());
        await Sql(
            lab,
            "UPDATE ledger_checkpoint SET at = @at, key_id = @key, signature = @signature WHERE seq = @seq",
            ("@at", forged.At.ToUnixTimeMilliseconds()),
            ("@key", forged.KeyId),
            ("@signature", forged.Signature),
            ("@seq", sequence));
    }

    private static async Task PruneAsync(LedgerLab lab)
    {
        await Sql(lab, "DELETE FROM ledger WHERE seq <= 21");
        await Sql(lab, "DELETE FROM ledger_checkpoint WHERE seq < 21");
    }

    private static async Task CutAsync(LedgerLab lab)
    {
        await Sql(lab, "DELETE FROM ledger WHERE seq > 35");
        await Sql(lab, "DELETE FROM ledger_checkpoint WHERE seq > 35");
    }

    private static async Task RemoveAsync(LedgerLab lab)
    {
        foreach (var table in new[] { "ledger_checkpoint", "ledger_tally", "ledger" })
        {
            await lab.ExecuteAsync($"DELETE FROM {table}");
        }

        await Sql(lab, "DELETE FROM ledger_chain");
    }
}
