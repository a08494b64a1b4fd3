using System.Globalization;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Keeps connections of devices below what the process may open: when it has no descriptor left, whatever else wants a file fails. So the
/// last of them are never given to strangers: each connection of a device counts twice, for itself and for the one towards the ACS.
/// </summary>
internal sealed class DescriptorBudget
{
    /// <summary>
    /// Descriptors for the store (two for each of its kept reading connections, more for some moments), files that are read again, management,
    /// and connections that are accepted and not yet looked at.
    /// </summary>
    private const int Reserve = 96;

    private int held;

    /// <summary>A budget of <paramref name="limit"/> open files, of which <paramref name="used"/> are open already.</summary>
    public DescriptorBudget(long limit, int used) => Capacity = (int)Math.Clamp((limit - used - Reserve) / 2, 1, int.MaxValue);

    /// <summary>Connections of devices that the process has room for, all listeners together.</summary>
    public int Capacity { get; }

    /// <summary>The budget of this process; no bound where the system tells none.</summary>
    public static DescriptorBudget OfProcess()
    {
        const string limits = "/proc/self/limits", open = "/proc/self/fd", name = "Max open files";
        if (!File.Exists(limits))
        {
            return new DescriptorBudget(long.MaxValue, 0);
        }

        var line = File.ReadLines(limits).FirstOrDefault(one => one.StartsWith(name, StringComparison.Ordinal)) ?? name;
        var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit)
            ? new DescriptorBudget(limit, Directory.GetFileSystemEntries(open).Length)
            : new DescriptorBudget(long.MaxValue, 0);
    }

    /// <summary>Takes room for one connection.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref held) <= Capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref held);
        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Leave() => Interlocked.Decrement(ref held);
}
