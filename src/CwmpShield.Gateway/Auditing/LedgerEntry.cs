using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing;

/// <summary>A record on its way into the chain.</summary>
/// <param name="record">The record, without node and place; null for a look at what else is due.</param>
/// <param name="done">Completes with its place when it is durable; null where nobody waits.</param>
internal sealed class LedgerEntry(AuditRecord? record, TaskCompletionSource<long>? done = null)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Abandoned = 2;

    private int state = Waiting;

    /// <summary>The record.</summary>
    public AuditRecord? Record { get; } = record;

    /// <summary>Who waits for it.</summary>
    public TaskCompletionSource<long>? Done { get; } = done;

    /// <summary>Whoever waits has given up; false when it is being written: then its end must be waited for.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref state, Abandoned, Waiting) == Waiting;

    /// <summary>Begins it; false where nobody wants it any more.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref state, Started, Waiting) != Abandoned;
}
