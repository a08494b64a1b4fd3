namespace CwmpShield.Fuzz;

/// <summary>Numbers of a fixed seed: what fails once fails again.</summary>
/// <param name="seed">The seed.</param>
internal sealed class FuzzNumbers(ulong seed)
{
    private ulong state = (seed * 0x9E3779B97F4A7C15) | 1;

    /// <summary>A number below <paramref name="below"/>, which is at least 1.</summary>
    public int Next(int below)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (int)((state >> 11) % (ulong)below);
    }

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Next(times) == 0;
}
