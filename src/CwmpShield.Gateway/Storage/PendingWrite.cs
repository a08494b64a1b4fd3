namespace CwmpShield.Gateway.Storage;

/// <summary>A write that waits for its turn in a group that is committed at once.</summary>
internal abstract class PendingWrite
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Abandoned = 2;

    private int state = Waiting;

    /// <summary>What it announced.</summary>
    public IReadOnlyList<StoreChange> Changes { get; private protected set; } = [];

    /// <summary>Why nothing of it is written, null where nothing stands against it.</summary>
    public Exception? Error { get; set; }

    /// <summary>Whether it was run without an error; whether it is durable is for the commit of its group to say.</summary>
    public bool IsWritten => state == Started && Error is null;

    /// <summary>Its caller has given up waiting; false when it has begun: then its end must be waited for.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref state, Abandoned, Waiting) == Waiting;

    /// <summary>Begins it; false when its caller has given up.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref state, Started, Waiting) == Waiting;

    /// <summary>Does the work.</summary>
    public abstract ValueTask RunAsync(StoreCommands commands);

    /// <summary>Tells its caller how it ended.</summary>
    public abstract void Complete();
}

/// <summary>A write with a result.</summary>
/// <param name="work">The work.</param>
internal sealed class PendingWrite<T>(Func<StoreCommands, ValueTask<T>> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    /// <summary>Completes with the work's result when it is committed.</summary>
    public Task<T> Completion => completion.Task;

    /// <inheritdoc/>
    public override async ValueTask RunAsync(StoreCommands commands)
    {
        result = await work(commands);
        Changes = commands.Changes;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (Error is null)
        {
            completion.TrySetResult(result);
        }
        else
        {
            completion.TrySetException(Error);
        }
    }
}
