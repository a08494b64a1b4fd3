using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity.Limits;

/// <summary>
/// What everybody owes, in time: a charge moves the instant at which its debtor is quit, and time pays it off by itself. Nothing has
/// to be swept, and an instant can also stand for itself (<see cref="Keep"/>). Times are ticks of a clock that never goes back.
/// </summary>
/// <param name="capacity">Debtors at one time; the smallest debt is forgotten for a new one.</param>
internal sealed class DebtTable(int capacity)
{
    private readonly BoundedTable<Entry> table = new(capacity);

    /// <summary>Debtors that it can hold.</summary>
    public int Capacity => table.Capacity;

    /// <summary>Places in use.</summary>
    public int Used => table.Used;

    /// <summary>What <paramref name="id"/> owes; 0 for nothing.</summary>
    public long Debt(ulong id, long now)
    {
        var part = table.PartOf(id);
        lock (part.Sync)
        {
            ref var entry = ref part.Find(id);
            return Unsafe.IsNullRef(ref entry) ? 0 : Math.Max(0, entry.Until - now);
        }
    }

    /// <summary>Charges <paramref name="cost"/> where the debt with it stays within <paramref name="most"/>; 0, else how long until it would.</summary>
    public long TryCharge(ulong id, long cost, long most, long now)
    {
        var part = table.PartOf(id);
        lock (part.Sync)
        {
            ref var entry = ref part.Find(id);
            var debt = Unsafe.IsNullRef(ref entry) ? 0 : Math.Max(0, entry.Until - now);
            if (debt + cost > most)
            {
                return debt + cost - most;
            }

            part.Take(id).Until = now + debt + cost;
            return 0;
        }
    }

    /// <summary>Charges <paramref name="cost"/> whatever is owed already, up to <paramref name="most"/>.</summary>
    public void Charge(ulong id, long cost, long most, long now)
    {
        var part = table.PartOf(id);
        lock (part.Sync)
        {
            ref var entry = ref part.Take(id);
            entry.Until = now + Math.Min(most, Math.Max(0, entry.Until - now) + Math.Min(most, cost));
        }
    }

    /// <summary>Gives <paramref name="cost"/> back.</summary>
    public void Refund(ulong id, long cost)
    {
        var part = table.PartOf(id);
        lock (part.Sync)
        {
            ref var entry = ref part.Find(id);
            if (!Unsafe.IsNullRef(ref entry))
            {
                entry.Until -= cost;
            }
        }
    }

    /// <summary>Keeps <paramref name="id"/> until an instant; a later one that stands already stays.</summary>
    public void Keep(ulong id, long until)
    {
        var part = table.PartOf(id);
        lock (part.Sync)
        {
            ref var entry = ref part.Take(id);
            entry.Until = Math.Max(entry.Until, until);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry : ITableEntry
    {
        public ulong Id { get; set; }

        public long Until { get; set; }
    }
}
