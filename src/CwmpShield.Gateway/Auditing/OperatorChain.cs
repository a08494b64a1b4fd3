using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Signs what operators wrote at the command line of this node, for those who could not read the key, and sends what the command line signed
/// itself out of the store's reach. It signs only what goes on from what it signed before: whoever rewrites the chain in the store gets no
/// signature for it.
/// </summary>
internal sealed class OperatorChain(
    Store store, LedgerKey key, LedgerCheckpoints checkpoints, LedgerMetrics metrics, AuditOptions options, TimeProvider time, ILogger<OperatorChain> log)
{
    private const long PageLength = 1000;

    private readonly string chain = options.Node + OperatorAudit.Suffix;
    private LedgerTip? known;
    private bool isBroken;
    private long lookedAt;
    private long told;

    /// <summary>Signs the chain where it has grown, once in <see cref="AuditOptions.CheckpointInterval"/>. What cannot be signed now is signed later.</summary>
    public async ValueTask SignAsync()
    {
        if (lookedAt != 0 && time.GetElapsedTime(lookedAt) < options.CheckpointInterval)
        {
            return;
        }

        lookedAt = time.GetTimestamp();
        try
        {
            if (await store.ReadAsync(FollowAsync, CancellationToken.None) is { } end)
            {
                await SignAsync(end);
            }
        }
        catch (Exception error)
        {
            // Whatever somebody put into the store must not end the writing of this node's own chain.
            log.OperatorsUnsigned(chain, error.Message);
        }
    }

    private async ValueTask SignAsync(LedgerTip end)
    {
        var last = await store.ReadAsync(commands => LedgerRows.CheckpointAsync(commands, chain), CancellationToken.None);
        if (last is null || last.Sequence < end.Sequence)
        {
            last = key.Sign(end, time.GetUtcNow());
            await store.WriteAsync(
                async commands =>
                {
                    await LedgerRows.AddAsync(commands, end.Chain, last, key.PublicKey);
                    return 0;
                },
                CancellationToken.None);
        }

        known = end;
        if (last.Sequence > told)
        {
            told = last.Sequence;
            checkpoints.Tell(last);
        }
    }

    /// <summary>The end of the chain, as far as it follows from what is known; null where there is none, or it does not follow.</summary>
    private async ValueTask<LedgerTip?> FollowAsync(StoreCommands commands)
    {
        var id = await commands.ScalarAsync("SELECT id FROM ledger_chain WHERE node = @node", ("@node", chain)) as long?;
        known ??= id is null ? null : Vouched(await LedgerRows.CheckpointAsync(commands, chain), id.Value);
        if (known is not { } start)
        {
            return id is { } first ? await LastAsync(commands, first) : null;
        }

        var end = id is { } same ? await WalkAsync(commands, start with { Chain = same }) : null;
        if (end is null && !isBroken)
        {
            metrics.Broken();
            log.OperatorsRewritten(chain, start.Sequence);
        }

        isBroken = end is null;
        return end;
    }

    private LedgerTip? Vouched(AuditCheckpoint? checkpoint, long id)
    {
        using var trust = new LedgerTrust();
        trust.Add(key.PublicKey);
        return checkpoint is not null && trust.Vouches(checkpoint) ? new LedgerTip(id, chain, checkpoint.Sequence, Convert.FromHexString(checkpoint.Head)) : null;
    }

    private async ValueTask<LedgerTip?> LastAsync(StoreCommands commands, long id) =>
        await RowsAsync(commands, "SELECT seq, body, hash FROM ledger WHERE chain = @chain AND seq >= @from ORDER BY seq DESC LIMIT 1", id, 0) is [var last]
            ? new LedgerTip(id, chain, last.Sequence, last.Hash)
            : null;

    /// <summary>Goes from a known place to the end, record by record. The known record itself may have been pruned; then what is behind it must follow.</summary>
    private static async ValueTask<LedgerTip?> WalkAsync(StoreCommands commands, LedgerTip from)
    {
        var sql = $"SELECT seq, body, hash FROM ledger WHERE chain = @chain AND seq >= @from ORDER BY seq LIMIT {PageLength}";
        var end = from;
        var isMet = false;
        var hash = new byte[AuditChain.HashLength];
        while (true)
        {
            var page = await RowsAsync(commands, sql, from.Chain, isMet ? end.Sequence + 1 : end.Sequence);
            foreach (var (sequence, body, stored) in page)
            {
                AuditChain.Hash(end.Head, body, hash);
                var follows = sequence == end.Sequence + 1 && stored.AsSpan().SequenceEqual(hash);
                var isItself = !isMet && sequence == from.Sequence && stored.AsSpan().SequenceEqual(from.Head);
                if (!follows && !isItself)
                {
                    return null;
                }

                (isMet, end) = (true, end with { Sequence = sequence, Head = stored });
            }

            if (page.Count < PageLength)
            {
                return isMet ? end : null;
            }
        }
    }

    private static ValueTask<IReadOnlyList<(long Sequence, byte[] Body, byte[] Hash)>> RowsAsync(StoreCommands commands, string sql, long id, long from) =>
        commands.QueryAsync(sql, row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2)), ("@chain", id), ("@from", from));
}
