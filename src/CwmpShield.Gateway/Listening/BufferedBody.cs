using System.Buffers;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// A body in memory that the <see cref="BufferBudget"/> paid for. Its bytes are valid until it is disposed: they are then
/// cleared, because a body may carry secrets, and go back to the pool.
/// </summary>
public sealed class BufferedBody : IDisposable
{
    private const int FirstCapacity = 8 << 10;
    private readonly BufferBudget budget;
    private byte[] buffer = [];
    private int length;

    internal BufferedBody(BufferBudget budget) => this.budget = budget;

    /// <summary>The bytes; empty once disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>How many there are.</summary>
    public int Length => length;

    /// <summary>Appends <paramref name="bytes"/>; false, and nothing is kept, when the budget has no room.</summary>
    internal bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - length && !TryGrow(length + bytes.Length))
        {
            return false;
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        length = 0;
        Return(Interlocked.Exchange(ref buffer, []));
    }

    private bool TryGrow(int needed)
    {
        var capacity = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, FirstCapacity));
        if (!budget.TryReserve(capacity))
        {
            return false;
        }

        // The pool rents powers of two, so that the array is as long as what was reserved for it.
        var grown = ArrayPool<byte>.Shared.Rent(capacity);
        buffer.AsSpan(0, length).CopyTo(grown);
        Return(buffer);
        buffer = grown;
        return true;
    }

    private void Return(byte[] old)
    {
        if (old.Length == 0)
        {
            return;
        }

        budget.Release(old.Length);
        ArrayPool<byte>.Shared.Return(old, clearArray: true);
    }
}
