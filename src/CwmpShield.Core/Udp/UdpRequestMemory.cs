namespace CwmpShield.Core.Udp;

/// <summary>What the memory makes of a verified request.</summary>
public enum UdpRequestFreshness
{
    /// <summary>It was signed too long ago, too far ahead, or before the memory begins.</summary>
    Stale = 0,

    /// <summary>An older request, or one whose id or nonce was used.</summary>
    Replayed,

    /// <summary>The last request once more: ACSs send each three or four times, because datagrams get lost.</summary>
    Copy,

    /// <summary>A new one.</summary>
    New,
}

/// <summary>
/// The last connection request for each device, for verified requests only: a stranger never makes an entry. When it is full, the
/// oldest is forgotten, and requests as old as that are stale from then on: fewer requests, never a replay. Safe for threads.
/// </summary>
public sealed class UdpRequestMemory
{
    private readonly Lock gate = new();
    private readonly int capacity;
    private readonly TimeSpan tolerance;
    private readonly Dictionary<long, Last> requests = [];
    private readonly PriorityQueue<long, long> byAge = new();
    private long begins;

    /// <summary>Creates an empty memory.</summary>
    /// <param name="start">Whatever was signed before is stale: it could have been used already.</param>
    /// <param name="tolerance">How far the clock of the ACS may be from the gateway's.</param>
    /// <param name="capacity">Devices remembered at most. The default value is 100,000 (about 20 MB).</param>
    public UdpRequestMemory(DateTimeOffset start, TimeSpan tolerance, int capacity = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.capacity = capacity;
        this.tolerance = tolerance;
        // Whole seconds: most ACSs write no finer time.
        begins = start.ToUnixTimeSeconds() * 1000;
    }

    /// <summary>Devices in the memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return requests.Count;
            }
        }
    }

    /// <summary>Takes a request whose signature was verified for <paramref name="device"/> (the number of its row).</summary>
    public UdpRequestFreshness Take(long device, UdpConnectionRequest request, DateTimeOffset now)
    {
        var time = request.Time;
        var next = new Last(time, request.Id, request.Nonce);
        lock (gate)
        {
            if (time < begins || Math.Abs((double)time - now.ToUnixTimeMilliseconds()) > tolerance.TotalMilliseconds)
            {
                return UdpRequestFreshness.Stale;
            }

            if (requests.TryGetValue(device, out var last))
            {
                if (next == last)
                {
                    return UdpRequestFreshness.Copy;
                }

                // G.2.1.4 has devices demand the same: a later time, another id. The nonce is ours to add.
                if (time <= last.Time || next.Id == last.Id || next.Nonce == last.Nonce)
                {
                    return UdpRequestFreshness.Replayed;
                }
            }

            requests[device] = next;
            byAge.Enqueue(device, time);
            Forget();
            return UdpRequestFreshness.New;
        }
    }

    /// <summary>Forgets the oldest where there are too many. Entries of the queue that a later request has overtaken are dropped on the way.</summary>
    private void Forget()
    {
        while (byAge.TryPeek(out var device, out var time))
        {
            var isLast = requests.TryGetValue(device, out var last) && last.Time == time;
            if (isLast && requests.Count <= capacity && byAge.Count <= 4L * capacity)
            {
                return;
            }

            byAge.Dequeue();
            if (isLast)
            {
                requests.Remove(device);
                begins = Math.Max(begins, time + 1);
            }
        }
    }

    private readonly record struct Last(long Time, string Id, string Nonce);
}
