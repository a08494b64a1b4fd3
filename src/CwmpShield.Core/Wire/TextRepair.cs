using System.Buffers;
using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Mends the text of a device's body that no encoding gives: bytes that are none of the encoding's, and characters that XML does not have,
/// become U+FFFD. Devices pass on what guests chose (host names, networks next door) byte by byte; refused, one guest would make the device
/// unmanageable. Whoever calls holds it to such texts; everywhere else the body stays refused.
/// </summary>
internal static class TextRepair
{
    /// <summary>Characters that are replaced in one body at most.</summary>
    public const int MaxRepairs = 4_096;

    private static readonly SearchValues<byte> Doubtful = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => b is (byte)'&' or >= 0x80 or (< 0x20 and not (9 or 10 or 13)))]);

    /// <summary>Whether a body that was refused for <paramref name="reason"/> may become readable by it.</summary>
    public static bool MayMend(string reason) =>
        reason is WireReason.EncodingAmbiguous or WireReason.EncodingUnsupported or WireReason.ControlCharacter or WireReason.NotWellFormed;

    /// <summary>Gives <paramref name="body"/> as UTF-8 of XML's characters alone; false where nothing had to be mended, too much, or its encoding is another.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="contentType">Content-Type header as it came, null when absent.</param>
    /// <param name="utf8">What is read in its place.</param>
    /// <param name="repairs">How many characters in it are U+FFFD in the place of others.</param>
    public static bool TryRepair(ReadOnlySpan<byte> body, string? contentType, out ReadOnlySpan<byte> utf8, out int repairs)
    {
        utf8 = default;
        repairs = 0;
        if (!BodyEncoding.TryNarrowClaim(ref body, contentType, out var claim))
        {
            return false;
        }

        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var cursor = new XmlCursor(body);
        while (!cursor.IsAtEnd && repairs <= MaxRepairs)
        {
            var run = cursor.Rest.IndexOfAny(Doubtful);
            run = run < 0 ? cursor.Rest.Length : run;
            output.Write(cursor.Rest[..run]);
            cursor.At += run;
            if (!cursor.IsAtEnd)
            {
                repairs += Take(ref cursor, claim, output);
            }
        }

        utf8 = output.WrittenSpan;
        return repairs is > 0 and <= MaxRepairs;
    }

    /// <summary>Takes what stands at the cursor; 1 where it had to be replaced.</summary>
    private static int Take(ref XmlCursor cursor, EncodingName claim, ArrayBufferWriter<byte> output)
    {
        var from = cursor.At;
        var (rune, isKept) = cursor.Current switch
        {
            (byte)'&' => Reference(ref cursor),
            < 0x20 => Bad(ref cursor, 1),
            _ => Wide(ref cursor, claim),
        };
        if (isKept && claim != EncodingName.Latin1)
        {
            output.Write(cursor.Bytes[from..cursor.At]);
            return 0;
        }

        Span<byte> encoded = stackalloc byte[4];
        output.Write(encoded[..rune.EncodeToUtf8(encoded)]);
        return isKept ? 0 : 1;
    }

    // Everything but a number that names no character is the reader's own business.
    private static (Rune Rune, bool IsKept) Reference(ref XmlCursor cursor)
    {
        var from = cursor.At;
        if (XmlReference.TryReadNumber(ref cursor, out var code, out _) && !XmlCharacters.IsCharacter(code))
        {
            return (Rune.ReplacementChar, false);
        }

        cursor.At = from + 1;
        return (new Rune('&'), true);
    }

    private static (Rune Rune, bool IsKept) Wide(ref XmlCursor cursor, EncodingName claim)
    {
        if (claim == EncodingName.Latin1)
        {
            var value = cursor.Current;
            cursor.At++;
            return value >= 0xA0 ? (new Rune((char)value), true) : (Rune.ReplacementChar, false);
        }

        if (claim != EncodingName.Utf8)
        {
            return Bad(ref cursor, 1);
        }

        if (Rune.DecodeFromUtf8(cursor.Rest, out var rune, out var size) != OperationStatus.Done || rune.Value is 0xFFFE or 0xFFFF)
        {
            return Bad(ref cursor, size);
        }

        cursor.At += size;
        return (rune, true);
    }

    private static (Rune Rune, bool IsKept) Bad(ref XmlCursor cursor, int size)
    {
        cursor.At += size;
        return (Rune.ReplacementChar, false);
    }
}
