using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.DataModel;

/// <summary>What imported data models say of parameters, by shape.</summary>
public sealed class DataModelIndex
{
    private readonly FrozenDictionary<string, DataModelEntry> entries;

    /// <summary>An index over entries.</summary>
    public DataModelIndex(IEnumerable<DataModelEntry> entries) =>
        this.entries = entries.GroupBy(e => e.Shape, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>How many parameters and objects are known.</summary>
    public int Count => entries.Count;

    /// <summary>The entry of a parameter or object, null when no model has it.</summary>
    public DataModelEntry? Find(string name)
    {
        Span<char> buffer = stackalloc char[ParameterPath.MaxLength];
        _ = ParameterPath.Shape(name, buffer, out var length);
        return entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(buffer[..length], out var entry) ? entry : null;
    }

    /// <summary>Whether a model has it. Vendor extensions are in no model and count as unknown.</summary>
    public bool Knows(string name) => Find(name) is not null;
}
