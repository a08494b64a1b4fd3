using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>
/// Verifies the ledger of a store: every chain's hashes and places, the columns against the bytes that were hashed, the checkpoints
/// against trusted keys and against what is kept elsewhere. It only reads, and its memory does not grow with the ledger.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="trust">The trusted keys.</param>
public sealed class LedgerVerifier(Store store, LedgerTrust trust)
{
    /// <summary>Verifies from the beginning of each chain.</summary>
    /// <param name="node">Only the chains of this node and of its operators; empty for all.</param>
    /// <param name="elsewhere">Checkpoints that are kept elsewhere, null for none.</param>
    /// <param name="findings">Receives what is found.</param>
    /// <param name="progress">Is told after each page how many records are done, and of how many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RegistryUnavailableException">The store cannot be read.</exception>
    public Task<LedgerVerification> VerifyAsync(
        string node, KnownCheckpoints? elsewhere, LedgerFindings findings, Action<long, long>? progress, CancellationToken cancellationToken) =>
        VerifyAsync(node, 0, elsewhere, findings, progress, cancellationToken);

    /// <summary>Verifies, the chain of <paramref name="node"/> from a good checkpoint on; that there is none is a fault.</summary>
    /// <param name="node">Only the chains of this node and of its operators; empty for all.</param>
    /// <param name="from">Place of the checkpoint; 0 for the beginning.</param>
    /// <param name="elsewhere">Checkpoints that are kept elsewhere, null for none.</param>
    /// <param name="findings">Receives what is found.</param>
    /// <param name="progress">Is told after each page how many records are done, and of how many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RegistryUnavailableException">The store cannot be read.</exception>
    public async Task<LedgerVerification> VerifyAsync(
        string node, long from, KnownCheckpoints? elsewhere, LedgerFindings findings, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var chains = await ChainsAsync(cancellationToken);
        foreach (var absent in (elsewhere?.Nodes ?? []).Where(name => IsWanted(name, node) && !chains.Any(chain => chain.Node == name)).Order(StringComparer.Ordinal))
        {
            findings.Fault(absent, 1, LedgerFault.ChainRemoved, $"the store has no such chain, and a checkpoint of {elsewhere!.Of(absent)[^1].At:u} signs it", elsewhere.Of(absent)[^1].Sequence);
        }

        if (from > 0 && !chains.Any(chain => chain.Node == node))
        {
            NoStart(node, from, findings);
        }

        var wanted = chains.Where(chain => IsWanted(chain.Node, node)).Select(chain => chain.Node == node ? chain.Behind(from) : chain).ToList();
        var total = wanted.Sum(chain => chain.Records);
        var results = new List<ChainResult>();
        var starts = new StartCheck(findings);
        var done = 0L;
        foreach (var chain in wanted)
        {
            var result = await ChainAsync(chain, elsewhere?.Of(chain.Node) ?? [], findings, starts, records => progress?.Invoke(done + records, total), cancellationToken);
            results.Add(result);
            done += result.Records;
        }

        starts.End();
        return new LedgerVerification(done, results, findings);
    }

    private static bool IsWanted(string name, string node) => node.Length == 0 || name == node || name == node + OperatorAudit.Suffix;

    private async Task<ChainResult> ChainAsync(
        StoredChain chain, IReadOnlyList<AuditCheckpoint> elsewhere, LedgerFindings findings, StartCheck starts, Action<long> progress, CancellationToken cancellationToken)
    {
        var check = new ChainCheck(chain.Node, findings);
        var tally = new TallyCheck(chain.Id, chain.Node, findings);
        var pages = new LedgerPages(store, chain.Id, chain.Node, chain.Last, chain.LastSigned, chain.From);
        if (chain.From > 0)
        {
            elsewhere = [.. elsewhere.SkipWhile(one => one.Sequence < chain.From)];
            if (await StartAsync(chain, elsewhere, pages, findings, cancellationToken) is not { } start)
            {
                NoStart(chain.Node, chain.From, findings);
                return new ChainResult(chain.Node, 0, 0, 0, 0, 0, chain.From);
            }

            check.BeginBehind(start);
        }

        await using var checkpoints = new CheckpointMerge(pages.CheckpointsAsync(cancellationToken), elsewhere, trust, findings);
        var records = await ReadAsync(pages, checkpoints, check, tally, progress, cancellationToken);
        check.End();
        starts.Add(chain.Node, check, isWhole: chain.From == 0);
        if (records > 0 || chain.From == 0)
        {
            await tally.CompareAsync(store, check.First > 1, cancellationToken);
        }

        return new ChainResult(chain.Node, check.First, check.Last, records, checkpoints.Good, check.Proven, chain.From);
    }

    /// <summary>Has every record and checkpoint checked, in the order of their places, and returns how many records there were.</summary>
    private static async Task<long> ReadAsync(
        LedgerPages pages, CheckpointMerge checkpoints, ChainCheck check, TallyCheck tally, Action<long> progress, CancellationToken cancellationToken)
    {
        var records = 0L;
        await foreach (var page in pages.RecordsAsync(cancellationToken))
        {
            foreach (var row in page)
            {
                while (await checkpoints.NextAsync(row.Sequence - 1) is { } earlier)
                {
                    check.Checkpoint(earlier);
                }

                check.Record(row, out var counted);
                tally.Add(row, counted);
                while (await checkpoints.NextAsync(row.Sequence) is { } here)
                {
                    check.Checkpoint(here);
                }
            }

            records += page.Count;
            progress(records);
        }

        while (await checkpoints.NextAsync(long.MaxValue) is { } behind)
        {
            check.Checkpoint(behind);
        }

        return records;
    }

    /// <summary>The good checkpoint to begin at: one that is kept elsewhere rather than the store's; null where there is none.</summary>
    private async ValueTask<AuditCheckpoint?> StartAsync(
        StoredChain chain, IReadOnlyList<AuditCheckpoint> elsewhere, LedgerPages pages, LedgerFindings findings, CancellationToken cancellationToken)
    {
        if (elsewhere is [var known, ..] && known.Sequence == chain.From)
        {
            return known;
        }

        await foreach (var stored in pages.CheckpointsAsync(cancellationToken))
        {
            return stored.Sequence == chain.From && CheckpointCheck.IsGood(stored, "the checkpoint", trust, findings) ? stored : null;
        }

        return null;
    }

    private static void NoStart(string node, long from, LedgerFindings findings) => findings.Fault(
        node, from, LedgerFault.CheckpointRemoved, "there is no good checkpoint of this record to verify from, and nothing of the chain was verified; without --from-checkpoint all of it is");

    private ValueTask<IReadOnlyList<StoredChain>> ChainsAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.id, c.node,
                COALESCE((SELECT MIN(l.seq) FROM ledger l WHERE l.chain = c.id), 1),
                COALESCE((SELECT MAX(l.seq) FROM ledger l WHERE l.chain = c.id), 0),
                COALESCE((SELECT MAX(p.seq) FROM ledger_checkpoint p WHERE p.chain = c.id), 0)
            FROM ledger_chain c ORDER BY c.node
            """;
        return store.ReadAsync(
            commands => commands.QueryAsync(sql, row => new StoredChain(row.GetInt64(0), row.GetString(1), row.GetInt64(3) - row.GetInt64(2) + 1, row.GetInt64(3), row.GetInt64(4), 0)), cancellationToken);
    }

    /// <summary>A chain as of one moment: a gateway that writes beside is verified up to there.</summary>
    private sealed record StoredChain(long Id, string Node, long Records, long Last, long LastSigned, long From)
    {
        /// <summary>What is to be read of it where all up to a place is left out.</summary>
        public StoredChain Behind(long from) => from > 0 ? this with { From = from, Records = Math.Clamp(Last - from, 0, Records) } : this;
    }
}
