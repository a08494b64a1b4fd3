using System.Runtime.CompilerServices;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Rules;

/// <summary>
/// What has been worked out for parameter names. The reader gives the same object for a name that comes again (<see cref="SharedTexts"/>),
/// so that a name is known without looking at its characters. A fixed number of slots: a name that is pushed out is worked out again.
/// </summary>
internal sealed class KnownNames<T>
    where T : class
{
    private const int Slots = 1024;

    private Table? table;

    /// <summary>What was kept for this very string, or null.</summary>
    public T? Find(string name) =>
        table is { } known && Volatile.Read(ref known.Entries[Slot(name)]) is { } entry && ReferenceEquals(entry.Name, name) ? entry.Value : null;

    /// <summary>Keeps it when the same string comes for the second time: one that comes once belongs to its message.</summary>
    public void Keep(string name, T value)
    {
        if (name.Length > SharedTexts.MaxLength)
        {
            return;
        }

        var known = table ??= new Table();
        ref var last = ref known.Last[Slot(name)];
        if (last == RuntimeHelpers.GetHashCode(name))
        {
            // One entry is one object, written at once: no thread sees the name of one with the value of another.
            Volatile.Write(ref known.Entries[Slot(name)], new Entry(name, value));
        }

        last = RuntimeHelpers.GetHashCode(name);
    }

    private static int Slot(string name) => RuntimeHelpers.GetHashCode(name) & (Slots - 1);

    private sealed record Entry(string Name, T Value);

    private sealed class Table
    {
        public Entry?[] Entries { get; } = new Entry?[Slots];

        public int[] Last { get; } = new int[Slots];
    }
}
