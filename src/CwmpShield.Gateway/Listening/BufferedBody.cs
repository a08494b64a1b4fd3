using System.Buffers;
using System.Numerics;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// A body in memory that the <see cref="BufferBudget"/> paid for. Its bytes are valid until it is disposed: they are then
/// cleared, because a body may carry secrets, and go back to the pool.
/// </summary>
public sealed class BufferedBody : IDisposable
{
    private const int FirstCapacity = 8 << 10;

    /// <summary>
    /// Longest array of the pool, in bytes. The pool keeps one of each size for every thread, for good: a few strangers with the largest bodies
    /// would have hundreds of megabytes kept.
    /// </summary>
    private const int LongestPooled = 1 << 20;

    private readonly BufferBudget budget;
    private byte[] buffer = [];

    internal BufferedBody(BufferBudget budget) => this.budget = budget;

    /// <summary>The bytes; empty once disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Room behind the bytes, at least one byte of it; false when the budget has none.</summary>
    internal bool TryGetRoom(out Memory<byte> room)
    {
        var fits = Length < buffer.Length || TryGrow();
        room = buffer.AsMemory(Length);
        return fits;
    }

    /// <summary>Takes <paramref name="count"/> bytes that were written to the room.</summary>
    internal void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        Length = 0;
        Return(Interlocked.Exchange(ref buffer, []));
    }

    private bool TryGrow()
    {
        // The pool rents powers of two, so that the array is exactly as long as what is reserved for it.
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Length + 1, FirstCapacity));
        if (!budget.TryReserve(capacity))
        {
            return false;
        }

        var grown = capacity <= LongestPooled ? ArrayPool<byte>.Shared.Rent(capacity) : GC.AllocateUninitializedArray<byte>(capacity);
        buffer.AsSpan(0, Length).CopyTo(grown);
        Return(buffer);
        buffer = grown;
        return true;
    }

    private void Return(byte[] old)
    {
        budget.Release(old.Length);
        if (old.Length is > 0 and <= LongestPooled)
        {
            ArrayPool<byte>.Shared.Return(old, clearArray: true);
        }
        else
        {
            old.AsSpan().Clear();
        }
    }
}
