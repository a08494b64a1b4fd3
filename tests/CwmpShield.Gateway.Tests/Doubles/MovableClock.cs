namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>A clock that the test moves: its timers go off when their time has come by that, and never by themselves.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<MovableTimer> timers = [];
    private DateTimeOffset now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
        {
            return now;
        }
    }

    public override long GetTimestamp()
    {
        lock (sync)
        {
            return ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan span)
    {
        MovableTimer[] due;
        lock (sync)
        {
            (now, ticks) = (now + span, ticks + span.Ticks);
            due = [.. timers.Where(timer => timer.Due <= ticks)];
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void Jump(TimeSpan span)
    {
        lock (sync)
        {
            now += span;
        }
    }

    private sealed class MovableTimer(MovableClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.sync)
            {
                period = every;
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.ticks + dueTime.Ticks;
                clock.timers.Remove(this);
                if (Due != long.MaxValue)
                {
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Fire()
        {
            Change(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, period);
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
