using System.Collections.Frozen;
using System.Globalization;

namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>Reads the simple types of XML Schema that CWMP uses. Empty stands for zero or false, as real ACSs and devices send it.</summary>
internal static class ScalarText
{
    private static readonly FrozenSet<string> SchemaTypes = new[]
    {
        "string", "boolean", "int", "unsignedInt", "long", "unsignedLong", "dateTime", "base64Binary", "hexBinary", "decimal", "integer",
        "short", "unsignedShort", "byte", "unsignedByte", "nonNegativeInteger", "positiveInteger", "float", "double", "anyURI", "date",
        "time", "duration", "anySimpleType", "normalizedString", "token",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SchemaTypesBySpan =
        SchemaTypes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The simple type of XML Schema that a qualified name's local part names, or null.</summary>
    public static string? SchemaType(string qualifiedName) =>
        SchemaTypesBySpan.TryGetValue(LocalPart(qualifiedName), out var type) ? type : null;

    /// <summary>What stands behind the colon.</summary>
    public static ReadOnlySpan<char> LocalPart(string qualifiedName)
    {
        var name = qualifiedName.AsSpan().Trim();
        return name[(name.LastIndexOf(':') + 1)..];
    }

    /// <summary>Whether <paramref name="text"/> is a value of a scalar kind; any text is one of the kinds that are not scalar.</summary>
    public static bool Fits(ShapeKind kind, string text) => kind switch
    {
        ShapeKind.Boolean => TryBoolean(text, out _),
        ShapeKind.Unsigned => TryNumber(text, out var number) && number is >= 0 and <= uint.MaxValue,
        ShapeKind.Integer => TryNumber(text, out var number) && number is >= int.MinValue and <= int.MaxValue,
        ShapeKind.Path => IsPath(text),
        _ => true,
    };

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c>, <c>0</c> in any case; empty is false.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        var trimmed = text.AsSpan().Trim();
        value = trimmed is "1" || trimmed.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || trimmed is "" or "0" || trimmed.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a decimal number; empty is 0.</summary>
    public static bool TryNumber(string text, out long value)
    {
        var trimmed = text.AsSpan().Trim();
        value = 0;
        return trimmed.IsEmpty || long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    // A name that only some readers trim would be judged as one parameter and written as another.
    private static bool IsPath(string text)
    {
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format)
            {
                return false;
            }
        }

        return true;
    }
}
