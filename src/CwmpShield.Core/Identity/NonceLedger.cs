using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity;

/// <summary>
/// Remembers which counts of which nonces were used, for verified log-ins only: a stranger never makes an entry. When it is full
/// the oldest nonce is forgotten, and with it every nonce as old becomes stale: fewer re-uses, never a replay. Safe for threads.
/// </summary>
public sealed class NonceLedger
{
    /// <summary>Counts below the highest that may still come, each once.</summary>
    public const int Window = 64;

    private readonly Lock gate = new();
    private readonly int capacity;
    private readonly Dictionary<NonceStamp, Counts> used = [];
    private readonly PriorityQueue<NonceStamp, long> byAge = new();
    private long forgottenUntil = long.MinValue;

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="capacity">Nonces remembered at most. The default value is 65,536 (about 6 MB).</param>
    public NonceLedger(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.capacity = capacity;
    }

    /// <summary>Takes <paramref name="count"/> of a nonce; false when it was used before, is too old, or the nonce is forgotten.</summary>
    public bool TryUse(NonceStamp nonce, uint count)
    {
        lock (gate)
        {
            if (used.TryGetValue(nonce, out var counts))
            {
                var isNew = counts.TryUse(count);
                used[nonce] = counts;
                return isNew;
            }

            if (nonce.IssuedAt <= forgottenUntil)
            {
                return false;
            }

            if (used.Count == capacity && byAge.TryDequeue(out var oldest, out var issuedAt))
            {
                used.Remove(oldest);
                forgottenUntil = Math.Max(forgottenUntil, issuedAt);
            }

            used.Add(nonce, new Counts(count));
            byAge.Enqueue(nonce, nonce.IssuedAt);
            return true;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Counts(uint highest)
    {
        private uint highest = highest;
        private ulong seen = 1;

        public bool TryUse(uint count)
        {
            if (count > highest)
            {
                var step = count - highest;
                seen = step < Window ? (seen << (int)step) | 1 : 1;
                highest = count;
                return true;
            }

            var back = highest - count;
            if (back >= Window || (seen & (1UL << (int)back)) != 0)
            {
                return false;
            }

            seen |= 1UL << (int)back;
            return true;
        }
    }
}
