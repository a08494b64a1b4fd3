using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Removes the old beginnings of chains, each up to a checkpoint with a good signature, which stays. The record that says so is durable
/// before anything goes, so that nothing ever goes without one.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="operators">Writes the record.</param>
/// <param name="trust">Keys whose checkpoints are believed.</param>
/// <param name="time">The clock.</param>
public sealed class LedgerPrune(Store store, OperatorAudit operators, LedgerTrust trust, TimeProvider time)
{
    private const long Batch = 2000;
    private const long MostLooks = 64;

    /// <summary>What could go of every chain, its last record always left.</summary>
    /// <param name="before">Only records that were written before this time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<PrunePlan>> PlanAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.id, c.node, (SELECT MIN(l.seq) FROM ledger l WHERE l.chain = c.id), (SELECT MAX(l.seq) FROM ledger l WHERE l.chain = c.id)
            FROM ledger_chain c WHERE EXISTS (SELECT 1 FROM ledger l WHERE l.chain = c.id) ORDER BY c.node
            """;
        var chains = await store.ReadAsync(
            commands => commands.QueryAsync(sql, row => (Id: row.GetInt64(0), Node: row.GetString(1), First: row.GetInt64(2), Last: row.GetInt64(3))), cancellationToken);
        var plans = new List<PrunePlan>();
        foreach (var (id, node, first, last) in chains)
        {
            var limit = Math.Min(Math.Min(last, await NeededAsync(id, node, cancellationToken)), await UndeliveredAsync(id, cancellationToken));
            var (checkpoint, at) = await FindAsync(id, node, limit, before, cancellationToken);
            plans.Add(new PrunePlan(id, node, first, checkpoint?.Sequence ?? 0, checkpoint?.Head ?? "", at));
        }

        return plans;
    }

    /// <summary>Does what was planned for one chain. Stopped, it leaves a prune that the next run finishes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="reason">Why, kept in the record.</param>
    /// <param name="actor">Who.</param>
    /// <param name="progress">Is told after each batch how many records are gone.</param>
    /// <param name="cancellationToken">Stops it between batches.</param>
    /// <exception cref="LedgerUnavailableException">The record cannot be written, and nothing was removed.</exception>
    public async Task RunAsync(PrunePlan plan, string reason, string actor, Action<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Records == 0)
        {
            return;
        }

        var record = new AuditRecord
        {
            At = time.GetUtcNow(),
            Kind = AuditKind.Pruned,
            Actor = actor,
            Action = "ledger-prune",
            Subject = PruneRecord.Subject(plan.Node, plan.Through, plan.Head),
            Detail = string.Create(CultureInfo.InvariantCulture, $"{plan.Records} records: {reason}"),
        };
        await operators.WriteAsync(record, cancellationToken);
        for (var through = Math.Min(plan.First + Batch - 1, plan.Through); ; through = Math.Min(through + Batch, plan.Through))
        {
            await DeleteAsync("DELETE FROM ledger WHERE chain = @chain AND seq <= @through", plan.Chain, through, cancellationToken);
            await DeleteAsync("DELETE FROM ledger_checkpoint WHERE chain = @chain AND seq < @through", plan.Chain, through, cancellationToken);
            progress?.Invoke(through - plan.First + 1);
            if (through == plan.Through)
            {
                return;
            }
        }
    }

    /// <summary>First place of a chain that a receiver has not been served with; the store is what it is delivered from.</summary>
    private async ValueTask<long> UndeliveredAsync(long chain, CancellationToken cancellationToken) =>
        await store.ReadAsync(commands => commands.ScalarAsync("SELECT MIN(seq) + 1 FROM ledger_delivery WHERE chain = @chain", ("@chain", chain)), cancellationToken) as long? ?? long.MaxValue;

    private ValueTask<int> DeleteAsync(string sql, long chain, long through, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => commands.ExecuteAsync(sql, ("@chain", chain), ("@through", through)), cancellationToken);

    /// <summary>First place of an operators' chain with a record that proves where another chain begins; nothing from there on may go.</summary>
    private async ValueTask<long> NeededAsync(long chain, string node, CancellationToken cancellationToken)
    {
        if (!node.EndsWith(OperatorAudit.Suffix, StringComparison.Ordinal))
        {
            return long.MaxValue;
        }

        var bodies = await store.ReadAsync(
            commands => commands.QueryAsync("SELECT body FROM ledger WHERE chain = @chain AND kind = 'pruned' ORDER BY seq", row => row.GetFieldValue<byte[]>(0), ("@chain", chain)),
            cancellationToken);
        return bodies.Select(body => AuditJsonReader.Read(body)).OfType<AuditRecord>().Select(PruneRecord.Read).OfType<PruneRecord>()
            .GroupBy(prune => prune.Node, StringComparer.Ordinal)
            .Select(prunes => prunes.MaxBy(prune => prune.Through)!.At)
            .DefaultIfEmpty(long.MaxValue)
            .Min();
    }

    /// <summary>The last good checkpoint below <paramref name="limit"/> whose record is old enough.</summary>
    private async ValueTask<(AuditCheckpoint? Checkpoint, DateTimeOffset At)> FindAsync(
        long chain, string node, long limit, DateTimeOffset before, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT p.seq, p.at, p.head, p.key_id, p.signature, l.at FROM ledger_checkpoint p JOIN ledger l ON l.chain = p.chain AND l.seq = p.seq AND l.hash = p.head
            WHERE p.chain = @chain AND p.seq < @limit AND l.at < @before ORDER BY p.seq DESC LIMIT @looks
            """;
        var found = await store.ReadAsync(
            commands => commands.QueryAsync(
                sql,
                row => (
                    Checkpoint: new AuditCheckpoint(
                        node,
                        row.GetInt64(0),
                        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)),
                        row.GetString(3),
                        row.GetString(4)),
                    At: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))),
                ("@chain", chain),
                ("@limit", limit),
                ("@before", before.ToUnixTimeMilliseconds()),
                ("@looks", MostLooks)),
            cancellationToken);
        return found.FirstOrDefault(one => trust.Vouches(one.Checkpoint));
    }
}
