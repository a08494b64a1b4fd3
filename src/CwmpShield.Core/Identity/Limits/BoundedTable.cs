using System.Runtime.CompilerServices;

namespace CwmpShield.Core.Identity.Limits;

/// <summary>An entry of a <see cref="BoundedTable{T}"/>.</summary>
internal interface ITableEntry
{
    /// <summary>Whose it is; 0 for nobody's.</summary>
    ulong Id { get; set; }

    /// <summary>Until when it is worth keeping, in the table's time; the larger of two stays longer.</summary>
    long Until { get; }
}

/// <summary>
/// A table of fixed size that forgets by itself. Each id has eight places; what is past gives way first, else the entry that would
/// be past first. So whoever comes with many names pushes out his own small entries, never one that weighs more, and nobody is ever
/// taken for another. Memory is taken in 256 parts as they are needed. Safe for threads through the part's lock.
/// </summary>
/// <typeparam name="T">Kind of entry.</typeparam>
/// <param name="capacity">Entries in all, rounded up to the next 2,048.</param>
internal sealed class BoundedTable<T>(int capacity)
    where T : struct, ITableEntry
{
    private const int Parts = 256;
    private const int Ways = 8;

    private readonly Part?[] parts = new Part?[Parts];
    private readonly int sets = Math.Max(1, (capacity + (Parts * Ways) - 1) / (Parts * Ways));

    /// <summary>Entries that it can hold.</summary>
    public int Capacity => sets * Ways * Parts;

    /// <summary>Entries that have been used; those that are past are among them until somebody takes their place.</summary>
    public int Used => parts.Sum(part => part?.Used ?? 0);

    /// <summary>The part in which an id has its places. Everything in it happens under <see cref="Part.Sync"/>.</summary>
    public Part PartOf(ulong id)
    {
        ref var part = ref parts[id >> 56];
        return Volatile.Read(ref part) ?? Interlocked.CompareExchange(ref part, new Part(sets), null) ?? part!;
    }

    /// <summary>One part of the table.</summary>
    internal sealed class Part(int sets)
    {
        private readonly T[] entries = new T[sets * Ways];

        /// <summary>Held by whoever looks at or changes an entry.</summary>
        public Lock Sync { get; } = new();

        /// <summary>Entries that have been used.</summary>
        public int Used { get; private set; }

        /// <summary>The entry of <paramref name="id"/>; a null reference when it has none.</summary>
        public ref T Find(ulong id)
        {
            foreach (ref var entry in Places(id))
            {
                if (entry.Id == id)
                {
                    return ref entry;
                }
            }

            return ref Unsafe.NullRef<T>();
        }

        /// <summary>The entry of <paramref name="id"/>, empty but for its id when it had none.</summary>
        public ref T Take(ulong id)
        {
            var places = Places(id);
            var least = 0;
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i].Id == id)
                {
                    return ref places[i];
                }

                least = places[i].Id == 0 || (places[least].Id != 0 && places[i].Until < places[least].Until) ? i : least;
            }

            Used += places[least].Id == 0 ? 1 : 0;
            places[least] = new T { Id = id };
            return ref places[least];
        }

        private Span<T> Places(ulong id) => entries.AsSpan((int)(id % (ulong)sets) * Ways, Ways);
    }
}
