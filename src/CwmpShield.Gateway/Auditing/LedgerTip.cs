using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Where a chain ends.</summary>
/// <param name="Chain">The chain's number in the store.</param>
/// <param name="Node">Its node.</param>
/// <param name="Sequence">Place of its last record, 0 where it has none.</param>
/// <param name="Head">Hash of that record.</param>
public sealed record LedgerTip(long Chain, string Node, long Sequence, byte[] Head)
{
    /// <summary>The next record of the chain.</summary>
    public LedgerRow Next(AuditRecord record, System.Buffers.ArrayBufferWriter<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var placed = record with { Node = Node, Sequence = Sequence + 1 };
        buffer.ResetWrittenCount();
        AuditJson.Write(placed, buffer);
        var hash = new byte[AuditChain.HashLength];
        AuditChain.Hash(Head, buffer.WrittenSpan, hash);
        return new LedgerRow(Chain, placed.Sequence, placed, buffer.WrittenSpan.ToArray(), hash);
    }

    /// <summary>The chain with <paramref name="row"/> at its end.</summary>
    public LedgerTip With(LedgerRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return this with { Sequence = row.Sequence, Head = row.Hash };
    }
}
