using System.Buffers;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>The end of this node's chain: gives each record its place and hash, commits groups, and signs. One caller at a time.</summary>
internal sealed class LedgerChain(
    Store store, LedgerKey key, LedgerCheckpoints checkpoints, NodeRecords node, LedgerMetrics metrics, AuditOptions options, TimeProvider time, ILogger<LedgerChain> log)
{
    private readonly ArrayBufferWriter<byte> buffer = new(2048);
    private LedgerTip? tip;
    private HashSet<AuditRecord> attempted = [];
    private byte[] attemptedHead = [];
    private long signed;
    private DateTimeOffset signedAt;

    /// <summary>Writes a group; it is durable when this returns, and those who wait are told.</summary>
    /// <exception cref="Exception">Nothing of it is known to be written. The next call finds out.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<LedgerEntry> entries)
    {
        // :: Step 1: where the chain ends, and whether the last group came through after all
        var first = tip is null ? await OpenAsync() : [];
        var wanted = attemptedHead.Length > 0 && tip!.Head.AsSpan().SequenceEqual(attemptedHead)
            ? [.. entries.Where(entry => !attempted.Contains(entry.Record!))]
            : entries;

        // :: Step 2: records and checkpoint are durable together
        var rows = Place([.. first, .. wanted.Select(entry => entry.Record!)]);
        var now = time.GetUtcNow();
        var end = rows.Count > 0 ? tip!.With(rows[^1]) : tip!;
        var checkpoint = MustSign(rows, end, now) ? key.Sign(end, now) : null;
        if (rows.Count > 0 || checkpoint is not null)
        {
            attempted = new(wanted.Select(entry => entry.Record!), ReferenceEqualityComparer.Instance);
            attemptedHead = end.Head;
            await CommitAsync(rows, end, checkpoint);
        }

        // :: Step 3: those who wait may go on
        (tip, attempted, attemptedHead) = (end, [], []);
        for (var i = 0; i < wanted.Count; i++)
        {
            wanted[i].Done?.TrySetResult(rows[first.Count + i].Sequence);
        }

        if (checkpoint is not null)
        {
            (signed, signedAt) = (end.Sequence, now);
            metrics.Signed(now);
            checkpoints.Tell(checkpoint);
        }
    }

    private async ValueTask CommitAsync(IReadOnlyList<LedgerRow> rows, LedgerTip end, AuditCheckpoint? checkpoint)
    {
        var start = time.GetTimestamp();
        try
        {
            await store.WriteAsync(
                async commands =>
                {
                    await LedgerRows.AppendAsync(commands, rows);
                    if (checkpoint is not null)
                    {
                        await LedgerRows.AddAsync(commands, end.Chain, checkpoint, key.PublicKey);
                    }

                    return 0;
                },
                CancellationToken.None);
        }
        catch
        {
            tip = null;
            throw;
        }

        metrics.Written(rows, time.GetElapsedTime(start));
    }

    /// <summary>Finds the end of the chain; the records that say what was found there.</summary>
    private async ValueTask<IReadOnlyList<AuditRecord>> OpenAsync()
    {
        var isFirst = signedAt == default;
        var (found, last, start, end) = await store.WriteAsync(
            async commands =>
            {
                var found = await LedgerRows.TipAsync(commands, options.Node);
                var last = await LedgerRows.LastSignedAsync(commands, found.Chain);
                return isFirst
                    ? (found, last, await LedgerRows.LastAsync(commands, found.Chain, AuditKind.NodeStarted), await LedgerRows.LastAsync(commands, found.Chain, null))
                    : (found, last, null, null);
            },
            CancellationToken.None);
        tip = found;
        if (!isFirst)
        {
            return [];
        }

        (signed, signedAt) = (last, time.GetUtcNow());
        if (last > found.Sequence)
        {
            metrics.Broken();
            log.ChainBroken(options.Node, last, found.Sequence);
        }

        return node.Started(start, end, last > found.Sequence ? last : 0);
    }

    private List<LedgerRow> Place(IReadOnlyList<AuditRecord> records)
    {
        var rows = new List<LedgerRow>(records.Count);
        var end = tip!;
        foreach (var record in records)
        {
            var row = end.Next(record, buffer);
            rows.Add(row);
            end = end.With(row);
        }

        return rows;
    }

    private bool MustSign(List<LedgerRow> rows, LedgerTip end, DateTimeOffset now) =>
        end.Sequence > signed
        && (end.Sequence - signed >= options.CheckpointRecords
            || now - signedAt >= options.CheckpointInterval
            || rows.Exists(row => row.Record.Kind is AuditKind.NodeStarted or AuditKind.NodeEnded or AuditKind.Pruned));
}
