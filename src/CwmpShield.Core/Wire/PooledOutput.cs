using System.Buffers;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Room to write one message in, out of the process's pool. What is written is copied out once, at its exact length, because it lives
/// for as long as a peer takes to read it; the room goes back at once, and empty, so that no message is ever seen in another.
/// </summary>
internal sealed class PooledOutput : IBufferWriter<byte>
{
    private const int MinLength = 4096;

    /// <summary>Longest array of the pool, in bytes: it keeps one of each size for every thread, for good.</summary>
    private const int LongestPooled = 1 << 20;

    [ThreadStatic]
    private static PooledOutput? s_spare;

    private byte[] room = [];
    private int written;

    private PooledOutput()
    {
    }

    /// <summary>What <paramref name="write"/> writes, as bytes of their own.</summary>
    /// <param name="state">What it writes.</param>
    /// <param name="write">The writer.</param>
    public static byte[] Written<T>(T state, Action<T, IBufferWriter<byte>> write)
    {
        var output = s_spare ?? new PooledOutput();
        s_spare = null;
        try
        {
            write(state, output);
            return output.room.AsSpan(0, output.written).ToArray();
        }
        finally
        {
            output.GiveBack();
            s_spare = output;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return room.AsMemory(written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return room.AsSpan(written);
    }

    private void Reserve(int count)
    {
        if (room.Length - written >= Math.Max(count, 1))
        {
            return;
        }

        var length = Math.Max(MinLength, Math.Max(written + count, room.Length * 2));
        var larger = length <= LongestPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        room.AsSpan(0, written).CopyTo(larger);
        var used = written;
        GiveBack();
        (room, written) = (larger, used);
    }

    private void GiveBack()
    {
        if (room.Length > 0)
        {
            room.AsSpan(0, written).Clear();
            if (room.Length <= LongestPooled)
            {
                ArrayPool<byte>.Shared.Return(room);
            }
        }

        (room, written) = ([], 0);
    }
}
