namespace CwmpShield.Core.DataModel.Values;

/// <summary>Octets as devices write them in text.</summary>
internal static class Octets
{
    /// <summary>Octets of hexadecimal digits, with or without <c>0x</c> and separators; null when it is not that.</summary>
    public static byte[]? FromHex(ReadOnlySpan<char> text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        var buffer = new List<char>(digits.Length);
        foreach (var c in digits)
        {
            if (char.IsAsciiHexDigit(c))
            {
                buffer.Add(c);
            }
            else if (c is not (':' or '-' or ' '))
            {
                return null;
            }
        }

        return buffer.Count % 2 == 0 ? Convert.FromHexString([.. buffer]) : null;
    }

    /// <summary>Octets of padded base64; null when it is not that.</summary>
    public static byte[]? FromBase64(ReadOnlySpan<char> text)
    {
        var octets = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(text, octets, out var count) ? octets[..count] : null;
    }
}
