using System.Runtime.InteropServices;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// A token bucket for each of many keys, in bounded memory: when the map is full the half that was not used lately is forgotten, and
/// its keys begin anew with full buckets. Safe for threads.
/// </summary>
/// <param name="perSecond">Tokens that come each second.</param>
/// <param name="burst">Tokens that a bucket holds, 1 or more.</param>
/// <param name="capacity">Keys at most.</param>
/// <param name="time">Clock.</param>
internal sealed class TokenBuckets<TKey>(double perSecond, double burst, int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private Dictionary<TKey, Bucket> young = [];
    private Dictionary<TKey, Bucket> old = [];

    /// <summary>Whether <paramref name="key"/> has a token; none is taken.</summary>
    public bool Has(TKey key)
    {
        lock (gate)
        {
            return TokensOf(key, time.GetTimestamp()) >= 1;
        }
    }

    /// <summary>Takes a token of <paramref name="key"/>; false when there is none.</summary>
    public bool TryTake(TKey key)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var tokens = TokensOf(key, now);
            var isTaken = tokens >= 1;
            if (young.Count >= Math.Max(1, capacity / 2) && !young.ContainsKey(key))
            {
                (old, young) = (young, []);
            }

            young[key] = new Bucket(isTaken ? tokens - 1 : tokens, now);
            return isTaken;
        }
    }

    private double TokensOf(TKey key, long now) => young.TryGetValue(key, out var bucket) || old.TryGetValue(key, out bucket)
        ? Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond))
        : burst;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bucket(double Tokens, long At);
}
