using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.WebConsole.Live;

/// <summary>
/// The last judgements, kept while somebody looks at the live page and a while after: a gateway that nobody watches makes no events.
/// Every reader reads the same bounded ring, so a slow one costs nothing.
/// </summary>
internal sealed class RecentDecisions(DecisionFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>Judgements kept.</summary>
    public const int Capacity = 256;

    private static readonly TimeSpan WatchAfterLook = TimeSpan.FromMinutes(10);
    private readonly Lock gate = new();
    private readonly Queue<LiveDecision> ring = new(Capacity);
    private CancellationTokenSource? watch;
    private long number;
    private long lookedAt;

    /// <summary>Since when judgements are kept; null while they are not.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>What came after <paramref name="after"/>, oldest first, <paramref name="max"/> of the newest at most.</summary>
    public IReadOnlyList<LiveDecision> After(long after, int max)
    {
        lock (gate)
        {
            lookedAt = time.GetTimestamp();
            if (watch is null)
            {
                watch = new CancellationTokenSource();
                Since = time.GetUtcNow();
                _ = WatchAsync(watch.Token);
            }

            return [.. ring.Where(one => one.Number > after).TakeLast(max)];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            watch?.Cancel();
            watch?.Dispose();
            watch = null;
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var reader = feed.Watch(Capacity);
        try
        {
            await foreach (var judged in reader.ReadAllAsync(cancellationToken))
            {
                if (!Keep(judged))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        finally
        {
            feed.Leave(reader);
        }
    }

    /// <summary>Keeps a judgement; false when nobody has looked for so long that none is kept any more.</summary>
    private bool Keep(DecisionEvent judged)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(lookedAt) > WatchAfterLook)
            {
                watch?.Dispose();
                (watch, Since) = (null, null);
                ring.Clear();
                return false;
            }

            if (ring.Count == Capacity)
            {
                ring.Dequeue();
            }

            ring.Enqueue(LiveDecision.Of(++number, judged));
            return true;
        }
    }
}
