using System.Globalization;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// One spelling for values that mean the same: devices write <c>true</c> for 1, fold the case of addresses and octets, space lists anew and
/// write times in another zone. Two values are the same where their canonical spellings are.
/// </summary>
public static class CanonicalValue
{
    /// <summary>Characters up to which a value is read; a longer one is its own spelling.</summary>
    private const int MaxLength = 4096;
    private const int MinOctets = 8;

    /// <summary>The canonical spelling.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its type of XML Schema, by which it was ordered; null or another one reads it as text.</param>
    public static string Of(string value, string? type)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = value.AsSpan().Trim();
        if (text.Length > MaxLength)
        {
            return value;
        }

        return type switch
        {
            "boolean" => Boolean(text) ?? text.ToString(),
            "int" or "unsignedInt" or "long" or "unsignedLong" or "integer" => Number(text) ?? OfText(text),
            "dateTime" => Time(text) ?? text.ToString(),
            "hexBinary" => text.ToString().ToLowerInvariant(),
            "base64" or "base64Binary" => string.Concat(text.ToString().Where(c => !char.IsWhiteSpace(c))),
            _ => OfText(text),
        };
    }

    private static string OfText(ReadOnlySpan<char> text)
    {
        if (!text.Contains(','))
        {
            return OfOne(text);
        }

        var items = new List<string>();
        foreach (var range in text.Split(','))
        {
            items.Add(OfOne(text[range].Trim()));
        }

        return string.Join(',', items);
    }

    private static string OfOne(ReadOnlySpan<char> text) =>
        Boolean(text) ?? Hardware(text) ?? Octet(text) ?? Address(text) ?? Time(text) ?? Url(text) ?? text.ToString();

    private static string? Boolean(ReadOnlySpan<char> text) =>
        text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "1"
        : text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) ? "0"
        : null;

    private static string? Number(ReadOnlySpan<char> text) =>
        Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A hardware address: six or eight octets with colons or dashes between them.</summary>
    private static string? Hardware(ReadOnlySpan<char> text)
    {
        if (text.Length is not (17 or 23))
        {
            return null;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] is not (':' or '-') : !char.IsAsciiHexDigit(text[i]))
            {
                return null;
            }
        }

        return text.ToString().Replace('-', ':').ToLowerInvariant();
    }

    private static string? Octet(ReadOnlySpan<char> text)
    {
        if (text.Length < MinOctets || text.Length % 2 != 0)
        {
            return null;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return null;
            }
        }

        return text.ToString().ToLowerInvariant();
    }

    private static string? Address(ReadOnlySpan<char> text) => IpValue.TryParse(text, out var ip)
        ? string.Create(CultureInfo.InvariantCulture, $"{ip.ToAddress()}/{ip.PrefixLength}")
        : null;

    private static string? Time(ReadOnlySpan<char> text) =>
        text.Length is >= 19 and <= 40 && text[4] == '-' && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : null;

    /// <summary>Scheme and host have no case, and a URL without a path is one of the root.</summary>
    private static string? Url(ReadOnlySpan<char> text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return null;
        }

        var rest = text[(scheme + 3)..];
        var slash = rest.IndexOfAny('/', '?', '#');
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@') + 1;
        return string.Concat(
            text[..scheme].ToString().ToLowerInvariant(), $"://{authority[..at]}", authority[at..].ToString().ToLowerInvariant(), slash < 0 ? "/" : rest[slash..].ToString());
    }
}
