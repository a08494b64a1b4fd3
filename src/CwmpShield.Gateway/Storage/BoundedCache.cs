using System.Diagnostics.CodeAnalysis;

namespace CwmpShield.Gateway.Storage;

/// <summary>A map whose entries live a fixed time and whose size is bounded: when it is full the older half goes. Safe for threads.</summary>
/// <param name="capacity">Entries at most.</param>
/// <param name="life">How long an entry lives after it was set.</param>
/// <param name="time">Clock.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan life, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private Dictionary<TKey, Entry> young = [];
    private Dictionary<TKey, Entry> old = [];

    /// <summary>The living value of <paramref name="key"/>.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if ((young.TryGetValue(key, out var entry) || old.TryGetValue(key, out entry)) && time.GetElapsedTime(entry.SetAt) < life)
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Sets a value; its life begins.</summary>
    public void Set(TKey key, TValue value) => Put(key, new Entry(value, time.GetTimestamp()));

    /// <summary>Changes a living value; its life goes on.</summary>
    public void Update(TKey key, Func<TValue, TValue> change)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var entry) || old.TryGetValue(key, out entry))
            {
                Put(key, entry with { Value = change(entry.Value) });
            }
        }
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(TKey key)
    {
        lock (gate)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            (young, old) = ([], []);
        }
    }

    private void Put(TKey key, Entry entry)
    {
        lock (gate)
        {
            if (young.Count >= Math.Max(1, capacity / 2))
            {
                (old, young) = (young, []);
            }

            young[key] = entry;
        }
    }

    private sealed record Entry(TValue Value, long SetAt);
}
