using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>
/// Which serial numbers each party has tried without proving them, in 64 bytes a party: how many different ones, and whether they
/// lie close together; and the signals that stand against it. Times are ticks of a clock that never goes back.
/// </summary>
/// <param name="capacity">Parties at one time; who tried least is forgotten first.</param>
/// <param name="life">How long a try counts and a signal stands.</param>
internal sealed class ClaimTable(int capacity, TimeSpan life)
{
    private const int LeastWalk = 8;

    private readonly BoundedTable<Entry> table = new(capacity);

    /// <summary>Places in use.</summary>
    public int Used => table.Used;

    /// <summary>Notes that a party tried a serial number; the signals that it raises anew.</summary>
    /// <param name="party">Who.</param>
    /// <param name="device">Number of the claimed device.</param>
    /// <param name="head">Number of what precedes the serial's own number.</param>
    /// <param name="serial">The serial's own number.</param>
    /// <param name="most">Different serials that are no signal; 0 for any number.</param>
    /// <param name="now">The time.</param>
    /// <param name="distinct">How many different ones it has tried by now.</param>
    public Signal Try(ulong party, ulong device, ulong head, ulong serial, int most, long now, out int distinct)
    {
        var part = table.PartOf(party);
        lock (part.Sync)
        {
            ref var entry = ref part.Take(party);
            entry.Age(now, life.Ticks);
            entry.Seen |= 1UL << (int)(device & 63);
            entry.Walk(head, serial);
            entry.Last = now;
            distinct = Distinct(entry.Seen);
            var signals = most > 0 && distinct > most ? Signal.ManySerials : Signal.None;
            signals |= most > 0 && entry.IsWalk(LeastWalk) ? Signal.WalkingSerials : Signal.None;
            return entry.Raise(signals, now, life.Ticks);
        }
    }

    /// <summary>Raises signals against a party; those that did not stand already.</summary>
    public Signal Raise(ulong party, Signal signals, long now)
    {
        if (signals == Signal.None)
        {
            return Signal.None;
        }

        var part = table.PartOf(party);
        lock (part.Sync)
        {
            ref var entry = ref part.Take(party);
            entry.Age(now, life.Ticks);
            entry.Last = now;
            return entry.Raise(signals, now, life.Ticks);
        }
    }

    /// <summary>The signals that stand against a party.</summary>
    public Signal Standing(ulong party, long now)
    {
        var part = table.PartOf(party);
        lock (part.Sync)
        {
            ref var entry = ref part.Find(party);
            return Unsafe.IsNullRef(ref entry) || entry.SignalsUntil <= now ? Signal.None : entry.Signals;
        }
    }

    /// <summary>How many different ones 64 bits have seen: n of them leave about 64·e^(-n/64) bits clear.</summary>
    internal static int Distinct(ulong seen)
    {
        var clear = 64 - BitOperations.PopCount(seen);
        return (int)Math.Round(64 * Math.Log(64.0 / Math.Max(clear, 1)));
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry : ITableEntry
    {
        private ulong head;
        private ulong low;
        private ulong high;
        private ulong steps;
        private int votes;
        private long since;

        public ulong Id { get; set; }

        public ulong Seen;

        public long Last;

        public long SignalsUntil;

        public Signal Signals;

        // Who tried many is remembered longer than who tried one, and so is whom a signal stands against.
        public readonly long Until => Math.Max(SignalsUntil, Last) + (BitOperations.PopCount(Seen) * TimeSpan.TicksPerMinute);

        public void Age(long now, long life)
        {
            if (now - since > life || since == 0)
            {
                (since, Seen, votes) = (Math.Max(1, now), 0, 0);
            }
        }

        /// <summary>Follows the kind of serial that is tried most; other kinds in between don't hide it.</summary>
        public void Walk(ulong kind, ulong number)
        {
            if (votes == 0)
            {
                (head, low, high, steps) = (kind, number, number, 0);
            }

            if (head != kind)
            {
                votes--;
                return;
            }

            votes++;
            low = Math.Min(low, number);
            high = Math.Max(high, number);
            steps |= 1UL << (int)(number & 63);
        }

        /// <summary>Whether at least this many numbers were tried, and they fill a quarter of the range that they span.</summary>
        public readonly bool IsWalk(int least)
        {
            var count = (ulong)BitOperations.PopCount(steps);
            return count >= (ulong)least && high - low < 4 * count;
        }

        public Signal Raise(Signal raised, long now, long life)
        {
            var standing = SignalsUntil > now ? Signals : Signal.None;
            var anew = raised & ~standing;
            if (raised != Signal.None)
            {
                (Signals, SignalsUntil) = (standing | raised, now + life);
            }

            return anew;
        }
    }
}
