using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Ends a connection that takes longer than its listener allows: with a request (from its headers to the end of its answer),
/// or between two (idle time and the next headers). Kestrel's own timeouts are the same for all listeners; these are exact.
/// </summary>
internal sealed class ConnectionClock : IDisposable
{
    private readonly ListenerLimits limits;
    private readonly ITimer timer;
    private volatile bool busy;

    /// <summary>Starts the clock; <paramref name="expired"/> is told the reason, once, and ends the connection.</summary>
    public ConnectionClock(ListenerLimits limits, TimeProvider time, Action<string> expired)
    {
        this.limits = limits;
        timer = time.CreateTimer(
            _ => expired(busy ? ListeningReason.RequestTime : ListeningReason.IdleTime),
            null,
            limits.HandshakeTime + limits.HeaderTime,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request's headers are complete.</summary>
    public void RequestBegins()
    {
        busy = true;
        timer.Change(limits.RequestTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its answer is written.</summary>
    public void RequestEnds()
    {
        timer.Change(limits.IdleTime + limits.HeaderTime, Timeout.InfiniteTimeSpan);
        busy = false;
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
