using System.Collections.Immutable;
using System.Globalization;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.DataModel;

/// <summary>What a data model says of one parameter or object.</summary>
public sealed record DataModelEntry
{
    /// <summary>Shape of its path; ends with a dot for an object.</summary>
    public required string Shape { get; init; }

    /// <summary>Whether an ACS may write it (add instances of it).</summary>
    public bool Writable { get; init; }

    /// <summary>Whether it reads as empty whatever was written.</summary>
    public bool Hidden { get; init; }

    /// <summary>Base type of TR-106 (<c>string</c>, <c>boolean</c>, <c>int</c>, <c>unsignedInt</c>, <c>long</c>, <c>unsignedLong</c>, <c>dateTime</c>, <c>hexBinary</c>, <c>base64</c>); empty for an object.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether the value is a list of such, separated by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>Least number, or length.</summary>
    public long? Min { get; init; }

    /// <summary>Greatest number, or length.</summary>
    public long? Max { get; init; }

    /// <summary>Allowed words; empty when any.</summary>
    public ImmutableArray<string> Enumeration { get; init; } = [];

    /// <summary>Whether a value is of the type, size, range and enumeration.</summary>
    public bool Admits(string value)
    {
        if (!IsList)
        {
            return AdmitsOne(value);
        }

        foreach (var item in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!AdmitsOne(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool AdmitsOne(string value)
    {
        // Vendors may add words of their own (TR-106 3.3).
        if (!Enumeration.IsEmpty && !Enumeration.Contains(value, StringComparer.Ordinal) && !value.StartsWith("X_", StringComparison.Ordinal))
        {
            return false;
        }

        switch (Type)
        {
            case "boolean":
                return ValueReader.TryReadOne(ValueKind.Boolean, value, out _);
            case "int" or "unsignedInt" or "long" or "unsignedLong":
                return Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= (Min ?? Least(Type)) && number <= (Max is { } max ? max : Greatest(Type));
            case "hexBinary":
                return Octets.FromHex(value) is { } octets && Within(octets.Length);
            case "base64":
                return Octets.FromBase64(value) is { } decoded && Within(decoded.Length);
            case "dateTime":
                return value.Length == 0 || DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _);
            default:
                return Within(value.Length);
        }
    }

    private bool Within(int length) => (Min is null || length >= Min) && (Max is null || length <= Max);

    private static Int128 Least(string type) => type switch
    {
        "int" => int.MinValue,
        "long" => long.MinValue,
        _ => 0,
    };

    private static Int128 Greatest(string type) => type switch
    {
        "int" => int.MaxValue,
        "unsignedInt" => uint.MaxValue,
        "long" => long.MaxValue,
        _ => ulong.MaxValue,
    };
}
