using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror;

/// <summary>Holds an origin to its slowest rate, window by window, and a fetch to its fastest.</summary>
internal sealed class ReadPace : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly MirrorFetchOptions options;
    private readonly TimeProvider time;
    private readonly CancellationToken outer;
    private readonly CancellationTokenSource window;
    private readonly long start;
    private long windowBytes;
    private long bytes;

    /// <summary>The first window begins.</summary>
    public ReadPace(MirrorFetchOptions options, TimeProvider time, CancellationToken outer)
    {
        (this.options, this.time, this.outer) = (options, time, outer);
        start = time.GetTimestamp();
        window = new CancellationTokenSource(Window, time);
    }

    /// <summary>Whether a window has ended with too little.</summary>
    public bool IsSlow => window.IsCancellationRequested;

    /// <summary>The next bytes; 0 at the end, -1 where the origin broke off. Cancelled where they are too slow, or from outside.</summary>
    public async ValueTask<int> ReadAsync(Stream content, Memory<byte> buffer)
    {
        if (options.MaxBytesPerSecond > 0)
        {
            var due = TimeSpan.FromSeconds((double)bytes / options.MaxBytesPerSecond) - time.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, outer);
                window.CancelAfter(Window);
            }
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(window.Token, outer);
        int read;
        try
        {
            read = await content.ReadAsync(buffer, either.Token);
        }
        catch (IOException)
        {
            return -1;
        }

        bytes += read;
        windowBytes += read;
        if (windowBytes >= options.MinBytesPerSecond * Window.TotalSeconds)
        {
            windowBytes = 0;
            window.CancelAfter(Window);
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => window.Dispose();
}
