namespace CwmpShield.Gateway.Listening;

/// <summary>The bytes that all buffered bodies of the process share. Never blocks: who finds no room is refused.</summary>
/// <param name="capacity">Bytes in all.</param>
public sealed class BufferBudget(long capacity)
{
    private long used;

    /// <summary>Bytes in all.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>Bytes reserved now.</summary>
    public long Used => Interlocked.Read(ref used);

    /// <summary>Reserves <paramref name="bytes"/>, or reserves nothing and is false.</summary>
    public bool TryReserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (Interlocked.Add(ref used, bytes) <= Capacity)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    /// <summary>Gives back what was reserved.</summary>
    public void Release(long bytes) => Interlocked.Add(ref used, -bytes);
}
