using System.Collections.Immutable;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Where the gateway keeps what outlives it: one SQLite file, or a PostgreSQL database that several nodes share. A write is one
/// transaction, whole or not at all, and durable when it returns. Errors of the engine come out as
/// <see cref="RegistryUnavailableException"/>: the caller fails closed.
/// </summary>
public abstract class Store : IDisposable
{
    private ImmutableArray<Action<StoreChange>> listeners = [];

    private protected Store()
    {
    }

    /// <summary>Name of the engine: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>Calls <paramref name="heard"/> after every change that is committed by this process or, where <see cref="WatchAsync"/> runs, by another.</summary>
    public void Subscribe(Action<StoreChange> heard) => ImmutableInterlocked.Update(ref listeners, (all, added) => all.Add(added), heard);

    /// <summary>Runs <paramref name="work"/> beside any writer.</summary>
    public abstract ValueTask<T> ReadAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a transaction that is committed when it returns and undone when it throws.</summary>
    public abstract ValueTask<T> WriteAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// The same for what nobody waits for: it may be kept back for a tenth of a second, so that it shares the commit of another write. Those that are
    /// written by one caller are written in their order.
    /// </summary>
    public virtual ValueTask<T> WriteSoonAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    /// <summary>Looks for changes by other processes until it is cancelled; what it cannot know it announces as everything.</summary>
    public abstract Task WatchAsync(TimeProvider time, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected void Raise(IEnumerable<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            Raise(change);
        }
    }

    private protected void Raise(StoreChange change)
    {
        foreach (var listener in listeners)
        {
            listener(change);
        }
    }
}
