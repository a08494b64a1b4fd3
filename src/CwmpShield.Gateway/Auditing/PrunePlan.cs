namespace CwmpShield.Gateway.Auditing;

/// <summary>What of a chain can be pruned: all up to a checkpoint that stays, and proves the rest.</summary>
/// <param name="Chain">The chain's number in the store.</param>
/// <param name="Node">Its node.</param>
/// <param name="First">Place of its first record.</param>
/// <param name="Through">Place of the last record that goes; its checkpoint stays. 0 for nothing.</param>
/// <param name="Head">Hash of that record, lower-case hexadecimal.</param>
/// <param name="At">When that record was written.</param>
public sealed record PrunePlan(long Chain, string Node, long First, long Through, string Head, DateTimeOffset At)
{
    /// <summary>Records that go.</summary>
    public long Records => Through > 0 ? Through - First + 1 : 0;
}
