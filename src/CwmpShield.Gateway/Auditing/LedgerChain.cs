using System.Buffers;
using System.Security.Cryptography;
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
    private readonly string writer = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private LedgerTip? tip;
    private IReadOnlyList<AuditRecord> opening = [];
    private LedgerTakenException? taken;
    private HashSet<AuditRecord> attempted = [];
    private byte[] attemptedHead = [];
    private long signed;
    private DateTimeOffset signedAt;

    /// <summary>Writes a group; it is durable when this returns, and those who wait are told.</summary>
    /// <exception cref="Exception">Nothing of it is known to be written. The next call finds out.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<LedgerEntry> entries)
    {
        if (taken is not null)
        {
            throw taken;
        }

        // :: Step 1: where the chain ends, and whether the last group came through after all
        if (tip is null)
        {
            await OpenAsync();
        }

        var cameThrough = attemptedHead.Length > 0 && tip!.Head.AsSpan().SequenceEqual(attemptedHead);
        var wanted = cameThrough ? [.. entries.Where(entry => !attempted.Contains(entry.Record!))] : entries;
        opening = cameThrough ? [] : opening;

        // :: Step 2: records and checkpoint are durable together
        var rows = Place(opening, wanted);
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
        for (var i = 0; i < wanted.Count; i++)
        {
            wanted[i].Done?.TrySetResult(rows[opening.Count + i].Sequence);
        }

        (tip, opening, attempted, attemptedHead) = (end, [], [], []);

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
                    await LedgerRows.HoldAsync(commands, end, writer);
                    await LedgerRows.AppendAsync(commands, rows);
                    if (checkpoint is not null)
                    {
                        await LedgerRows.AddAsync(commands, end.Chain, checkpoint, key.PublicKey);
                    }

                    return 0;
                },
                CancellationToken.None);
        }
        catch (Exception error)
        {
            (tip, taken) = (null, error as LedgerTakenException);
            throw;
        }

        metrics.Written(rows, time.GetElapsedTime(start));
    }

    /// <summary>Finds the end of the chain; the first time it takes the chain, and has the records that say what was found there.</summary>
    private async ValueTask OpenAsync()
    {
        var isFirst = signedAt == default;
        var (found, last, start, end) = await store.WriteAsync(
            async commands =>
            {
                var found = await LedgerRows.TipAsync(commands, options.Node);
                if (isFirst)
                {
                    await LedgerRows.TakeAsync(commands, found.Chain, writer);
                }
                else
                {
                    await LedgerRows.HoldAsync(commands, found, writer);
                }

                var last = await LedgerRows.LastSignedAsync(commands, found.Chain);
                return isFirst
                    ? (found, last, await LedgerRows.LastAsync(commands, found.Chain, AuditKind.NodeStarted), await LedgerRows.LastAsync(commands, found.Chain, null))
                    : (found, last, null, null);
            },
            CancellationToken.None);
        tip = found;
        if (!isFirst)
        {
            return;
        }

        (signed, signedAt) = (last, time.GetUtcNow());
        if (last > found.Sequence)
        {
            metrics.Broken();
            log.ChainBroken(options.Node, last, found.Sequence);
        }

        opening = node.Started(start, end, last > found.Sequence ? last : 0);
    }

    private List<LedgerRow> Place(IReadOnlyList<AuditRecord> first, IReadOnlyList<LedgerEntry> entries)
    {
        var rows = new List<LedgerRow>(first.Count + entries.Count);
        var end = tip!;
        foreach (var record in first.Concat(entries.Select(entry => entry.Record!)))
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
            || now < signedAt
            || rows.Exists(row => row.Record.Kind is AuditKind.NodeStarted or AuditKind.NodeEnded or AuditKind.Pruned));
}
