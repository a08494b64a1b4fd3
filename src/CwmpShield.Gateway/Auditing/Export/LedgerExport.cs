using System.Buffers;
using CwmpShield.Core.Audit.Export;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Export;

/// <summary>Writes records out of the store, oldest first, page by page: memory does not grow with their number.</summary>
/// <param name="store">The store.</param>
public sealed class LedgerExport(Store store)
{
    private const int Page = 1000;
    private const int FlushAt = 256 << 10;

    private readonly LedgerSearch search = new(store);

    /// <summary>Writes what <paramref name="query"/> asks for.</summary>
    /// <param name="query">Which records; its order, page and limit do not count.</param>
    /// <param name="format">In which form.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Hears how many are written, and of when the last one is.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    /// <exception cref="RegistryUnavailableException">The store cannot be read.</exception>
    public async Task<LedgerExported> RunAsync(LedgerQuery query, AuditFormat format, Stream output, Action<LedgerExported> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(progress);
        var buffer = new ArrayBufferWriter<byte>(FlushAt + (64 << 10));
        var done = new LedgerExported(0, 0, null, null);
        format.Begin(buffer);
        var nodes = (await search.ChainsAsync(cancellationToken)).ToDictionary(chain => chain.Chain, chain => chain.Node);
        var next = query with { OldestFirst = true, Limit = Page, After = null };
        while (true)
        {
            var rows = await search.FindAsync(next, cancellationToken);
            foreach (var row in rows)
            {
                format.Write(row.Export(nodes.GetValueOrDefault(row.Chain, row.Record.Node)), buffer);
                buffer.Write(format.LineEnd);
                if (buffer.WrittenCount >= FlushAt)
                {
                    done = await FlushAsync(buffer, output, done, cancellationToken);
                }

                done = done with { Records = done.Records + 1, First = done.First ?? row.Record.At, Last = row.Record.At };
            }

            progress(done);
            if (rows.Count < Page)
            {
                return await FlushAsync(buffer, output, done, cancellationToken);
            }

            next = next with { After = LedgerPlace.Of(rows[^1]) };
        }
    }

    private static async ValueTask<LedgerExported> FlushAsync(ArrayBufferWriter<byte> buffer, Stream output, LedgerExported done, CancellationToken cancellationToken)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        var bytes = buffer.WrittenCount;
        buffer.ResetWrittenCount();
        return done with { Bytes = done.Bytes + bytes };
    }
}
