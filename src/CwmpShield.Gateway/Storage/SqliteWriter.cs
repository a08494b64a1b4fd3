using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The one connection of the embedded store that writes. Writes that come at the same time share one commit. Whoever brings a write while
/// nobody writes does it himself, there and then: to wake another thread for it, and to be woken by it, costs more than the commit.
/// </summary>
internal sealed class SqliteWriter(SqliteConnection connection, WalCarrier carrier, Action<IEnumerable<StoreChange>> raise) : IDisposable
{
    private const int MaxGroup = 256;
    private const int MaxWaiting = 16_384;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private readonly StatementCache statements = new();
    private readonly Channel<PendingWrite> waiting = Channel.CreateBounded<PendingWrite>(MaxWaiting);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock lingering = new();
    private ITimer? linger;

    /// <summary>Takes a write, and may do it before this returns.</summary>
    /// <param name="write">The write.</param>
    /// <param name="isUrgent">Whether somebody waits for it; else it goes with the next that is, or a tenth of a second later.</param>
    /// <returns>False where more waits than can be written.</returns>
    public bool TryAdd(PendingWrite write, bool isUrgent)
    {
        if (!waiting.Writer.TryWrite(write))
        {
            return false;
        }

        if (isUrgent || waiting.Reader.Count >= MaxGroup)
        {
            TakeTurn();
        }
        else
        {
            TakeTurnSoon();
        }

        return true;
    }

    /// <summary>Writes what waits; nothing more is taken.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        TakeTurn();
        waiting.Reader.Completion.GetAwaiter().GetResult();

        // The turn is never given back.
        turn.Wait();
        linger?.Dispose();
        statements.Dispose();
    }

    private void TakeTurn()
    {
        if (turn.Wait(0))
        {
            _ = WriteGroupAsync();
        }
    }

    private void TakeTurnSoon()
    {
        lock (lingering)
        {
            // By the machine's clock: it is the disk that is spared.
            linger ??= TimeProvider.System.CreateTimer(_ => Lingered(), null, Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private void Lingered()
    {
        lock (lingering)
        {
            linger?.Dispose();
            linger = null;
        }

        TakeTurn();
    }

    /// <summary>Writes one group. What has come meanwhile is for another thread: whoever brought a write gets on with his own work.</summary>
    private async Task WriteGroupAsync()
    {
        var group = new List<PendingWrite>();
        while (group.Count < MaxGroup && waiting.Reader.TryRead(out var write))
        {
            group.Add(write);
        }

        if (group.Count > 0)
        {
            await WriteGroup.RunAsync(connection, statements, group);
            carrier.Committed(connection);
            raise(group.Where(write => write.IsWritten).SelectMany(write => write.Changes));
            group.ForEach(write => write.Complete());
        }

        turn.Release();
        if (waiting.Reader.Count > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.TakeTurn(), this, preferLocal: false);
        }
    }
}
