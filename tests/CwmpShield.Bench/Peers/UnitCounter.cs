using System.Collections.Concurrent;
using System.Diagnostics;

namespace CwmpShield.Bench.Peers;

/// <summary>Hands out the units of a piece of work to its lines, and keeps how long each took.</summary>
internal sealed class UnitCounter(int units) : IDisposable
{
    private readonly ConcurrentBag<List<double>> all = [];
    private readonly ThreadLocal<List<double>> mine = new();
    private readonly ThreadLocal<long> started = new();
    private int left = units;

    /// <summary>The counter as the calling thread uses it.</summary>
    public UnitCounter OfThread()
    {
        if (mine.Value is null)
        {
            mine.Value = [];
            all.Add(mine.Value);
        }

        return this;
    }

    /// <summary>Takes a unit, and starts its clock; false when there are none left.</summary>
    public bool Take()
    {
        started.Value = Stopwatch.GetTimestamp();
        return Interlocked.Decrement(ref left) >= 0;
    }

    /// <summary>Something has come to its right end; the clock of the next starts.</summary>
    public void Done()
    {
        mine.Value!.Add(Stopwatch.GetElapsedTime(started.Value).TotalMilliseconds);
        started.Value = Stopwatch.GetTimestamp();
    }

    /// <summary>No more.</summary>
    public void Stop() => Volatile.Write(ref left, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        mine.Dispose();
        started.Dispose();
    }

    /// <summary>How long each took, in order. Only when all lines have ended.</summary>
    public double[] Milliseconds() => [.. all.SelectMany(list => list).Order()];
}
