using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Checkpoints of the store that are good, and those that are kept elsewhere, in the order of their places.</summary>
internal sealed class CheckpointMerge : IAsyncDisposable
{
    private readonly IAsyncEnumerator<AuditCheckpoint> stored;
    private readonly IReadOnlyList<AuditCheckpoint> elsewhere;
    private readonly LedgerTrust trust;
    private readonly LedgerFindings findings;
    private AuditCheckpoint? next;
    private bool isBegun;
    private int place;
    private long lastStored = -1;
    private bool isFirstStored = true;

    /// <summary>Of the store's, which are not read yet, and those of elsewhere, whose signatures are known to be good.</summary>
    public CheckpointMerge(IAsyncEnumerable<AuditCheckpoint> stored, IReadOnlyList<AuditCheckpoint> elsewhere, LedgerTrust trust, LedgerFindings findings) =>
        (this.stored, this.elsewhere, this.trust, this.findings) = (stored.GetAsyncEnumerator(), elsewhere, trust, findings);

    /// <summary>Checkpoints of the store with a good signature so far.</summary>
    public long Good { get; private set; }

    /// <summary>The next one for a place that is not behind <paramref name="through"/>; null when there is none.</summary>
    public async ValueTask<AuditCheckpoint?> NextAsync(long through)
    {
        if (!isBegun)
        {
            isBegun = true;
            next = await ReadAsync();
        }

        var other = place < elsewhere.Count ? elsewhere[place] : null;
        if (other is not null && other.Sequence <= through && (next is null || other.Sequence < next.Sequence || lastStored == other.Sequence))
        {
            place++;
            Elsewhere(other);
            return other;
        }

        if (next is null || next.Sequence > through)
        {
            return null;
        }

        var found = next;
        (lastStored, isFirstStored) = (found.Sequence, false);
        next = await ReadAsync();
        return found;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stored.DisposeAsync();

    private async ValueTask<AuditCheckpoint?> ReadAsync()
    {
        while (await stored.MoveNextAsync())
        {
            if (CheckpointCheck.IsGood(stored.Current, "the checkpoint", trust, findings))
            {
                Good++;
                return stored.Current;
            }
        }

        return null;
    }

    /// <summary>The store has each checkpoint that is kept elsewhere, but those before a prune.</summary>
    private void Elsewhere(AuditCheckpoint checkpoint)
    {
        if (lastStored != checkpoint.Sequence && !isFirstStored)
        {
            findings.Fault(checkpoint.Node, checkpoint.Sequence, LedgerFault.CheckpointRemoved, $"the store has no good checkpoint for this place; one was signed on {checkpoint.At:u}");
        }
    }
}
