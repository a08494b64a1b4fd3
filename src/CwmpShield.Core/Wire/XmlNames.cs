using System.Buffers;
using System.Text;
using System.Xml;

namespace CwmpShield.Core.Wire;

/// <summary>The names of elements and attributes, each kept once and taken apart once.</summary>
internal sealed class XmlNames
{
    private const int RecentSlots = 256;
    private const int MaxStackCharacters = 256;

    private readonly XmlName?[] recent = new XmlName?[RecentSlots];
    private readonly Dictionary<string, XmlName> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XmlName>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public XmlNames() => lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Characters of all names that were taken apart.</summary>
    public int Characters { get; private set; }

    /// <summary>Whether a name is kept.</summary>
    public bool Knows(string name) => names.ContainsKey(name);

    /// <summary>The name that stands in <paramref name="utf8"/>.</summary>
    public XmlName Of(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref recent[ByteHash.Of(utf8) % RecentSlots];
        if (slot is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = Find(utf8);
        }

        return slot;
    }

    // The dictionary's own hash withstands names that are chosen to collide.
    private XmlName Find(ReadOnlySpan<byte> utf8)
    {
        char[]? rented = null;
        var buffer = utf8.Length <= MaxStackCharacters ? stackalloc char[MaxStackCharacters] : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var characters = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (!lookup.TryGetValue(characters, out var name))
        {
            name = Parse(characters.ToString());
            names.Add(name.Qualified, name);
            Characters += name.Qualified.Length;
        }

        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return name;
    }

    private static XmlName Parse(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var local = name[(colon + 1)..];
        var proper = colon < 0 || (colon > 0 && local.Length > 0 && !local.Contains(':', StringComparison.Ordinal) && XmlConvert.IsStartNCNameChar(local[0]));
        return new XmlName
        {
            Qualified = name,
            Utf8 = Encoding.UTF8.GetBytes(name),
            Prefix = colon < 0 ? "" : name[..colon],
            LocalName = proper ? local : "",
            HoldsName = local is "Name" or "string" or "ParameterPath" or "ObjectName" or "EventCode",
        };
    }
}
