namespace CwmpShield.Gateway.Drifting;

/// <summary>What a session knows of its device's expectations. Only for whoever is inside the session.</summary>
internal sealed class DriftMemory
{
    private readonly Dictionary<string, Expectation> expected = new(StringComparer.Ordinal);

    /// <summary>Whether the store was asked.</summary>
    public bool IsRead { get; set; }

    /// <summary>Names that were found to differ or to fit in this session: a device that changes its mind is heard once.</summary>
    public HashSet<string> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>Records of the ledger that this session has caused.</summary>
    public int Records { get; set; }

    /// <summary>How many things are expected.</summary>
    public int Count => expected.Count;

    /// <summary>Whether an object is among them.</summary>
    public bool HasObjects { get; private set; }

    /// <summary>Everything that is expected, the oldest first.</summary>
    public IEnumerable<Expectation> All => expected.Values;

    /// <summary>What is expected of a name, null for nothing.</summary>
    public Expectation? Find(string name) => expected.GetValueOrDefault(name);

    /// <summary>What is expected of a name, null for nothing.</summary>
    public Expectation? Find(ReadOnlySpan<char> name) => expected.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var one) ? one : null;

    /// <summary>Expects this, in place of what was expected of the name.</summary>
    public void Put(Expectation one)
    {
        expected[one.Name] = one;
        HasObjects |= one.IsObject;
    }

    /// <summary>Expects nothing of a name.</summary>
    public void Remove(string name) => expected.Remove(name);

    /// <summary>Expects nothing.</summary>
    public void Clear() => expected.Clear();
}
