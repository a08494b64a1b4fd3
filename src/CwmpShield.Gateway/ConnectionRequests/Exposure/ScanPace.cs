namespace CwmpShield.Gateway.ConnectionRequests.Exposure;

/// <summary>Spaces questions evenly: so many a second, whoever asks. Safe for threads.</summary>
/// <param name="perSecond">Questions a second.</param>
/// <param name="time">Clock.</param>
internal sealed class ScanPace(int perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly TimeSpan step = TimeSpan.FromSeconds(1) / perSecond;
    private readonly long start = time.GetTimestamp();
    private TimeSpan next;

    /// <summary>Waits for the next turn.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            // Turns that nobody took are not saved up.
            next = next > now ? next : now;
            wait = next - now;
            next += step;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
