using System.Collections.Concurrent;

namespace CwmpShield.Core.Rules;

/// <summary>
/// Sliding windows for rate conditions; lives as long as the process and outlasts reloads of the rules. A refused message gives its
/// place back, so that an ACS's retries don't hold the window shut. When there is no room for another key the answer is refusal.
/// </summary>
public sealed class RateCounters
{
    private const int MaxKeys = 200_000;

    private readonly ConcurrentDictionary<(string Rule, string Key), Window> windows = new();
    private int count;
    private long lastForgotten;

    /// <summary>Takes a place at <paramref name="now"/>; false when <paramref name="limit"/> places are taken within <paramref name="span"/>.</summary>
    public bool TryTake(string rule, string key, int limit, TimeSpan span, DateTimeOffset now)
    {
        if (!windows.TryGetValue((rule, key), out var window))
        {
            if (Volatile.Read(ref count) >= MaxKeys)
            {
                Forget(now);
            }

            if (Volatile.Read(ref count) >= MaxKeys)
            {
                return false;
            }

            window = new Window();
            if (windows.TryAdd((rule, key), window))
            {
                Interlocked.Increment(ref count);
            }
            else
            {
                window = windows.GetValueOrDefault((rule, key), window);
            }
        }

        return window.TryTake(limit, span, now);
    }

    /// <summary>Places that are taken within <paramref name="span"/>, at <paramref name="now"/>.</summary>
    public int Taken(string rule, string key, TimeSpan span, DateTimeOffset now) =>
        windows.TryGetValue((rule, key), out var window) ? window.Taken(span, now) : 0;

    /// <summary>Gives back a place that was taken at <paramref name="at"/>.</summary>
    public void GiveBack(string rule, string key, DateTimeOffset at)
    {
        if (windows.TryGetValue((rule, key), out var window))
        {
            window.GiveBack(at);
        }
    }

    /// <summary>Makes room, once a second at most: looking through all keys for every message of a full table would be an attack of its own.</summary>
    private void Forget(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref lastForgotten);
        if (Math.Abs(now.UtcTicks - last) < TimeSpan.TicksPerSecond || Interlocked.CompareExchange(ref lastForgotten, now.UtcTicks, last) != last)
        {
            return;
        }

        foreach (var (key, window) in windows)
        {
            if (window.IsIdle(now) && windows.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref count);
            }
        }
    }

    private sealed class Window
    {
        private readonly LinkedList<long> taken = [];
        private long idleAfter;

        public bool TryTake(int limit, TimeSpan span, DateTimeOffset now)
        {
            lock (taken)
            {
                ForgetBefore(now.UtcTicks - span.Ticks);
                if (taken.Count >= limit)
                {
                    return false;
                }

                taken.AddLast(now.UtcTicks);
                idleAfter = now.UtcTicks + span.Ticks;
                return true;
            }
        }

        public int Taken(TimeSpan span, DateTimeOffset now)
        {
            lock (taken)
            {
                ForgetBefore(now.UtcTicks - span.Ticks);
                return taken.Count;
            }
        }

        public void GiveBack(DateTimeOffset at)
        {
            lock (taken)
            {
                if (taken.FindLast(at.UtcTicks) is { } place)
                {
                    taken.Remove(place);
                }
            }
        }

        public bool IsIdle(DateTimeOffset now)
        {
            lock (taken)
            {
                return idleAfter < now.UtcTicks;
            }
        }

        private void ForgetBefore(long time)
        {
            while (taken.First is { } first && first.Value <= time)
            {
                taken.RemoveFirst();
            }
        }
    }
}
