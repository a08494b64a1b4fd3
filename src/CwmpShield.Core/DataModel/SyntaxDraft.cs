using System.Collections.Immutable;
using System.Globalization;
using System.Xml;

namespace CwmpShield.Core.DataModel;

/// <summary>What a <c>syntax</c> or <c>dataType</c> element says, before its base types are looked up.</summary>
internal sealed record SyntaxDraft
{
    /// <summary>Named type that it restricts, null when none.</summary>
    public string? Base { get; init; }

    /// <summary>Base type of TR-106; empty when only <see cref="Base"/> says it.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether it reads as empty.</summary>
    public bool Hidden { get; init; }

    /// <summary>Whether it is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>Least number or length.</summary>
    public long? Min { get; init; }

    /// <summary>Greatest number or length.</summary>
    public long? Max { get; init; }

    /// <summary>Allowed words.</summary>
    public ImmutableArray<string> Enumeration { get; init; } = [];

    /// <summary>Reads the element that the reader stands on, to its end.</summary>
    public static SyntaxDraft Read(XmlReader reader, string? baseType)
    {
        var draft = new SyntaxDraft { Base = baseType };
        if (reader.IsEmptyElement)
        {
            return draft;
        }

        var depth = reader.Depth;
        var inList = -1;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || (inList >= 0 && reader.Depth > inList))
            {
                continue;
            }

            inList = reader.LocalName == "list" ? reader.Depth : -1;
            draft = draft.With(reader);
        }

        return draft;
    }

    /// <summary>This restriction over what its base says.</summary>
    public SyntaxDraft Over(SyntaxDraft parent) => this with
    {
        Type = Type.Length > 0 ? Type : parent.Type,
        Hidden = Hidden || parent.Hidden,
        IsList = IsList || parent.IsList,
        Min = Min ?? parent.Min,
        Max = Max ?? parent.Max,
        Enumeration = Enumeration.IsEmpty ? parent.Enumeration : Enumeration,
    };

    /// <summary>The entry for a shape.</summary>
    public DataModelEntry ToEntry(string shape, bool writable) => new()
    {
        Shape = shape,
        Writable = writable,
        Hidden = Hidden,
        Type = shape.EndsWith('.') ? "" : Type.Length > 0 ? Type : "string",
        IsList = IsList,
        Min = Min,
        Max = Max,
        Enumeration = Enumeration,
    };

    private SyntaxDraft With(XmlReader reader) => reader.LocalName switch
    {
        "string" or "boolean" or "int" or "unsignedInt" or "long" or "unsignedLong" or "dateTime" or "hexBinary" or "base64" => this with { Type = reader.LocalName },
        "dataType" => this with { Base = reader.GetAttribute("ref") ?? reader.GetAttribute("base") ?? Base },
        "list" => this with { IsList = true },
        "size" => Bounded(Number(reader, "minLength"), Number(reader, "maxLength")),
        "range" => Bounded(Number(reader, "minInclusive"), Number(reader, "maxInclusive")),
        "enumeration" when reader.GetAttribute("value") is { } word => this with { Enumeration = Enumeration.Add(word) },
        _ => this,
    };

    /// <summary>Several ranges are alternatives: what lies between the outermost bounds is let through.</summary>
    private SyntaxDraft Bounded(long? min, long? max) => this with
    {
        Min = Min is { } known && min is { } other ? Math.Min(known, other) : min ?? Min,
        Max = Max is { } most && max is { } more ? Math.Max(most, more) : max ?? Max,
    };

    private static long? Number(XmlReader reader, string attribute) =>
        long.TryParse(reader.GetAttribute(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
