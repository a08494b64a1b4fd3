using System.Buffers;
using System.Text;
using System.Xml;

namespace CwmpShield.Core.Wire;

/// <summary>Which characters XML 1.0 (fourth edition) has, and where, over valid UTF-8 without control characters.</summary>
internal static class XmlCharacters
{
    /// <summary>White space of XML.</summary>
    public const string WhiteSpace = " \t\r\n";

    private static readonly SearchValues<byte> AsciiNameCharacters =
        SearchValues.Create("-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Whether <paramref name="value"/> is white space of XML.</summary>
    public static bool IsWhiteSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    /// <summary>Whether <paramref name="code"/> is a character of XML 1.0.</summary>
    public static bool IsCharacter(uint code) =>
        code is 0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    /// <summary>Whether U+FFFE or U+FFFF is in <paramref name="utf8"/>: with control characters gone, the only ones that XML does not have.</summary>
    public static bool HasNoncharacter(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0;

    /// <summary>Bytes of the name (colons included) at the start of <paramref name="utf8"/>, 0 when there is none.</summary>
    public static int NameLength(ReadOnlySpan<byte> utf8)
    {
        var length = StartLength(utf8);
        while (length > 0)
        {
            var run = utf8[length..].IndexOfAnyExcept(AsciiNameCharacters);
            if (run < 0)
            {
                return utf8.Length;
            }

            length += run;
            var next = Wide(utf8[length..], out var size);
            if (next == '\0' || !XmlConvert.IsNCNameChar(next))
            {
                return length;
            }

            length += size;
        }

        return 0;
    }

    private static int StartLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return 0;
        }

        var first = utf8[0];
        if (first < 0x80)
        {
            return char.IsAsciiLetter((char)first) || first is (byte)'_' or (byte)':' ? 1 : 0;
        }

        var wide = Wide(utf8, out var size);
        return wide != '\0' && XmlConvert.IsStartNCNameChar(wide) ? size : 0;
    }

    // Names have no characters beyond the basic plane before the fifth edition.
    private static char Wide(ReadOnlySpan<byte> utf8, out int size)
    {
        size = 0;
        return !utf8.IsEmpty && utf8[0] >= 0x80 && Rune.DecodeFromUtf8(utf8, out var rune, out size) == OperationStatus.Done && rune.IsBmp
            ? (char)rune.Value
            : '\0';
    }
}
