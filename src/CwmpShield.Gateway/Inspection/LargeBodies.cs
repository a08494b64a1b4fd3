namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// Lets as many large bodies be judged at one time as there are processors; the others wait their turn. A body takes several
/// times its bytes while it is read and judged, which no budget of bytes counts.
/// </summary>
internal sealed class LargeBodies : IDisposable
{
    /// <summary>Smaller bodies never wait.</summary>
    public const int LargeBytes = 256 << 10;

    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);

    /// <summary>Waits for a place where <paramref name="bytes"/> are many; it is given back when it is disposed of.</summary>
    public async ValueTask<Place> EnterAsync(int bytes, CancellationToken cancellation)
    {
        if (bytes < LargeBytes)
        {
            return default;
        }

        await places.WaitAsync(cancellation);
        return new Place(places);
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    /// <summary>One place.</summary>
    /// <param name="taken">Where it was taken; null where none was needed.</param>
    public readonly struct Place(SemaphoreSlim? taken) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => taken?.Release();
    }
}
