using System.Threading.Channels;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// The way into this node's chain. What must not happen without a record waits until it is durable; what has happened already is handed
/// over and counted where there is no room. Records that come together are written together, and those that nobody waits for are kept for a
/// moment to come together: a commit costs more than a request does.
/// </summary>
public sealed class Ledger : IDisposable
{
    /// <summary>How long records that nobody waits for are kept back, and how many at most.</summary>
    private const int LingerMilliseconds = 100;
    private const int LingerRecords = 256;

    private readonly Channel<LedgerEntry> waiting;

    /// <summary>Whoever has a record due while nobody writes does it himself, there and then: to wake another thread and be woken by it costs more than the commit.</summary>
    private readonly Channel<bool> due = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });
    private readonly ITimer linger;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;
    private long lost;
    private int isLingering;
    private volatile bool isUp = true;

    /// <summary>Creates it; <see cref="LedgerWriter"/> writes what it is given.</summary>
    public Ledger(AuditOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        waiting = Channel.CreateBounded<LedgerEntry>(new BoundedChannelOptions(options.Queue) { SingleReader = true });
        (patience, this.time) = (options.Patience, time);

        // By the machine's clock: it is the disk that is waited for, not anything that a record says.
        linger = TimeProvider.System.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the last attempt to write it succeeded.</summary>
    public bool IsUp
    {
        get => isUp;
        internal set => isUp = value;
    }

    /// <summary>Records that wait.</summary>
    public long Waiting => waiting.Reader.Count;

    internal ChannelReader<LedgerEntry> Entries => waiting.Reader;

    /// <summary>Writes a record; it is durable when this returns.</summary>
    /// <returns>Its place in the chain.</returns>
    /// <exception cref="LedgerUnavailableException">It is not written: the ledger cannot be, or not in time.</exception>
    public async ValueTask<long> WriteAsync(AuditRecord record)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = new LedgerEntry(record, done);
        if (!waiting.Writer.TryWrite(entry))
        {
            throw new LedgerUnavailableException("The ledger has more to write than it can.");
        }

        Due();
        try
        {
            return await done.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException) when (entry.TryAbandon())
        {
            throw new LedgerUnavailableException("The ledger has been busy for too long.");
        }
        catch (TimeoutException)
        {
            // It is being written: only its end tells whether it is.
            return await done.Task;
        }
    }

    /// <summary>Hands a record over that nothing waits for. Where there is no room it is counted, and the count becomes a record.</summary>
    public void Post(AuditRecord record)
    {
        if (!waiting.Writer.TryWrite(new LedgerEntry(record)))
        {
            Interlocked.Increment(ref lost);
        }

        if (waiting.Reader.Count >= LingerRecords)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static ledger => ledger.Due(), this, preferLocal: false);
        }
        else if (Interlocked.Exchange(ref isLingering, 1) == 0)
        {
            linger.Change(TimeSpan.FromMilliseconds(LingerMilliseconds), Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => linger.Dispose();

    /// <summary>Has the writer look whether a checkpoint is due.</summary>
    internal void Look()
    {
        waiting.Writer.TryWrite(new LedgerEntry(null));
        Due();
    }

    /// <summary>Waits until something is to be written; false when nothing more will be taken.</summary>
    internal ValueTask<bool> IsDueAsync() => due.Reader.WaitToReadAsync();

    /// <summary>Begins to write: what comes from now on is due on its own account.</summary>
    internal void Begin()
    {
        due.Reader.TryRead(out _);
        Volatile.Write(ref isLingering, 0);
    }

    /// <summary>Nothing more is taken.</summary>
    internal void Complete()
    {
        waiting.Writer.TryComplete();
        due.Writer.TryComplete();
    }

    /// <summary>How many were not taken since this was asked last.</summary>
    internal long TakeLost() => Interlocked.Exchange(ref lost, 0);

    /// <summary>Has the writer begin.</summary>
    internal void Due() => due.Writer.TryWrite(true);
}
