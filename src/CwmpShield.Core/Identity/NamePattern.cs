using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity;

/// <summary>
/// How a user name or certificate name spells a device: literal text around <c>{oui}</c>, <c>{product-class}</c> and
/// <c>{serial}</c>, whose values are percent-encoded as TR-069 3.4.4 says. A name is read in one way or not at all, because no
/// separator can stand inside an encoded value.
/// </summary>
public sealed class NamePattern
{
    private const string Oui = "{oui}";
    private const string ProductClass = "{product-class}";
    private const string Serial = "{serial}";
    private const int MaxFieldLength = 64;

    private readonly IReadOnlyList<string> parts;

    private NamePattern(IReadOnlyList<string> parts) => this.parts = parts;

    /// <summary>Reads a pattern; on false <paramref name="error"/> says what is wrong and what is expected.</summary>
    public static bool TryParse(string text, out NamePattern? pattern, out string error)
    {
        pattern = null;
        var found = Split(text);
        if (found.Any(part => part.Contains('{', StringComparison.Ordinal) && !IsField(part)))
        {
            error = "has a field other than {oui}, {product-class} and {serial}";
            return false;
        }

        if (found.Count(part => part is Serial) != 1 || found.Count(part => part is Oui) > 1 || found.Count(part => part is ProductClass) > 1)
        {
            error = "must name {serial} once, and {oui} and {product-class} at most once";
            return false;
        }

        for (var i = 1; i < found.Count; i++)
        {
            if (IsField(found[i - 1]) && (IsField(found[i]) || IsEncoded(found[i][0])))
            {
                error = "needs a separator after each field that is no letter, digit, '_' or '%'";
                return false;
            }
        }

        error = "";
        pattern = new NamePattern(found);
        return true;
    }

    /// <summary>The device that <paramref name="text"/> names by this pattern, null when it does not fit.</summary>
    public DeviceName? Match(string text)
    {
        string? oui = null, productClass = null, serial = null;
        var rest = text.AsSpan();
        foreach (var part in parts)
        {
            if (!IsField(part))
            {
                if (!rest.StartsWith(part, StringComparison.Ordinal))
                {
                    return null;
                }

                rest = rest[part.Length..];
                continue;
            }

            var length = 0;
            while (length < rest.Length && IsEncoded(rest[length]))
            {
                length++;
            }

            // No device has a control character in its name, and a store may take none (PostgreSQL: NUL).
            if (!DeviceIdText.TryDecodeField(rest[..length].ToString(), out var value) || value.Length > MaxFieldLength || value.Any(char.IsControl))
            {
                return null;
            }

            rest = rest[length..];
            _ = part switch { Oui => oui = value, ProductClass => productClass = value, _ => serial = value };
        }

        var fits = rest.IsEmpty && serial is { Length: > 0 } && (oui is null || IsOui(oui));
        return fits ? new DeviceName(oui, productClass, serial!) : null;
    }

    /// <summary>How the pattern spells <paramref name="device"/>.</summary>
    public string Format(DeviceId device) => string.Concat(parts.Select(part => part switch
    {
        Oui => DeviceIdText.EncodeField(device.Oui),
        ProductClass => DeviceIdText.EncodeField(device.ProductClass),
        Serial => DeviceIdText.EncodeField(device.SerialNumber),
        _ => part,
    }));

    /// <summary>Whether <paramref name="text"/> is an OUI: six hexadecimal digits.</summary>
    public static bool IsOui(string text) => text.Length == 6 && text.All(char.IsAsciiHexDigit);

    private static bool IsField(string part) => part is Oui or ProductClass or Serial;

    private static bool IsEncoded(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '%';

    private static List<string> Split(string text)
    {
        var found = new List<string>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            var end = open > 0 ? open : close >= 0 ? close + 1 : text.Length;
            found.Add(text[..end]);
            text = text[end..];
        }

        return found;
    }
}
