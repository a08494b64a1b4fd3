using System.Threading.Channels;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Reads a chain and its checkpoints in pages, one page ahead of who verifies.</summary>
/// <param name="store">The store.</param>
/// <param name="chain">The chain's number.</param>
/// <param name="node">Its node.</param>
/// <param name="last">Place of the last record that is read.</param>
/// <param name="lastSigned">Place of the last checkpoint that is read.</param>
/// <param name="from">Place of the checkpoint to begin at, and of the record behind which to begin; 0 for the beginning.</param>
internal sealed class LedgerPages(Store store, long chain, string node, long last, long lastSigned, long from = 0)
{
    private const long PageLength = 4096;
    private const long CheckpointPage = 1024;
    private const int Ahead = 4;

    /// <summary>Records in the order of their places.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StoredRecord>> RecordsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Channel.CreateBounded<IReadOnlyList<StoredRecord>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => FillAsync(pages.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken))
            {
                yield return page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Checkpoints of the store in the order of their places.</summary>
    public async IAsyncEnumerable<AuditCheckpoint> CheckpointsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string sql = "SELECT seq, at, head, key_id, signature FROM ledger_checkpoint WHERE chain = @chain AND seq > @after AND seq <= @last ORDER BY seq LIMIT @limit";
        var after = from - 1;
        while (true)
        {
            var page = await store.ReadAsync(
                commands => commands.QueryAsync(
                    sql,
                    row => new AuditCheckpoint(
                        node, row.GetInt64(0), Time(row.GetInt64(1)), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)), row.GetString(3), row.GetString(4)),
                    ("@chain", chain),
                    ("@after", after),
                    ("@last", lastSigned),
                    ("@limit", CheckpointPage)),
                cancellationToken);
            foreach (var checkpoint in page)
            {
                yield return checkpoint;
            }

            if (page.Count < CheckpointPage)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }

    private async Task FillAsync(ChannelWriter<IReadOnlyList<StoredRecord>> pages, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {StoredRecord.Names} FROM ledger WHERE chain = @chain AND seq > @after AND seq <= @last ORDER BY seq LIMIT @limit";
        try
        {
            var after = from > 0 ? from : long.MinValue;
            IReadOnlyList<StoredRecord> page;
            do
            {
                var behind = after;
                page = await store.ReadAsync(
                    commands => commands.QueryAsync(sql, StoredRecord.Read, ("@chain", chain), ("@after", behind), ("@last", last), ("@limit", PageLength)), cancellationToken);
                if (page.Count > 0)
                {
                    after = page[^1].Sequence;
                    await pages.WriteAsync(page, cancellationToken);
                }
            }
            while (page.Count == PageLength);
            pages.Complete();
        }
        catch (Exception error)
        {
            pages.Complete(error);
        }
    }

    /// <summary>A time that somebody wrote into the column may be none.</summary>
    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, -62_135_596_800_000, 253_402_300_799_999));
}
