using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>
/// The attributes that stand alone on an element and say how to read it (xsi:type, arrayType …). Messages are full of the same ones:
/// each is kept once, and found again by its bytes.
/// </summary>
internal sealed class SharedAttributes
{
    private const int Slots = 64;
    private const int MaxLength = 64;

    private readonly Entry[] entries = new Entry[Slots];

    /// <summary>Whether values of an attribute say how to read an element; these are never anybody's secret, and may be kept beyond their message.</summary>
    public static bool IsCommon(string localName) => localName is "type" or "arrayType" or "mustUnderstand" or "encodingStyle";

    /// <summary>The list of this one attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, plain ASCII.</param>
    /// <param name="scope">Declarations in force.</param>
    public SoapAttribute[] Of(XmlName name, ReadOnlySpan<byte> value, NamespaceScope scope)
    {
        if (value.Length > MaxLength)
        {
            return [QualifiedAttribute.Resolve(name, Encoding.Latin1.GetString(value), scope).ToAttribute()];
        }

        ref var entry = ref entries[ByteHash.Of(value) % Slots];
        var isSame = ReferenceEquals(entry.Name, name) && Ascii.Equals(value, entry.Value);
        if (isSame && entry.Version == scope.Version)
        {
            return entry.List;
        }

        var read = QualifiedAttribute.Resolve(name, isSame ? entry.Value : SharedTexts.Of(value), scope);
        if (!isSame || !read.Is(entry.List[0]))
        {
            entry = new Entry { Name = name, Value = isSame ? entry.Value : SharedTexts.Of(value), List = [read.ToAttribute()] };
        }

        entry.Version = scope.Version;
        return entry.List;
    }

    private struct Entry
    {
        public XmlName Name;
        public string Value;
        public SoapAttribute[] List;
        public long Version;
    }
}
