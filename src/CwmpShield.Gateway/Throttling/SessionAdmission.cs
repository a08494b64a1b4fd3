using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Throttling;

/// <summary>
/// Lets so many sessions begin in a second, and gives everybody else a time to come again. The next to be refused is given the next time: as if
/// they stood in a queue, so that a fleet that comes back at once returns at the pace that it is let in at, and not in waves.
/// Whether a device keeps to its time is its own affair; whoever comes finds a place or is given another time.
/// </summary>
internal sealed class SessionAdmission(AdmissionOptions options, TimeProvider time)
{
    private readonly Lock sync = new();
    private readonly long interval = options.SessionsPerSecond > 0 ? TimeSpan.TicksPerSecond / options.SessionsPerSecond : 0;
    private long full = long.MinValue;
    private long queue = long.MinValue;

    /// <summary>Whether a session may begin now. A second's worth may begin at once.</summary>
    /// <param name="wait">Where not, the time after which there is a place.</param>
    public bool TryBegin(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (interval == 0)
        {
            return true;
        }

        lock (sync)
        {
            var now = Ticks.Of(time);
            var next = Math.Max(full, now) + interval;
            if (next - now <= TimeSpan.TicksPerSecond)
            {
                full = next;
                return true;
            }

            queue = Math.Max(queue, now) + interval;
            wait = TimeSpan.FromTicks(queue - now);
            return false;
        }
    }
}
