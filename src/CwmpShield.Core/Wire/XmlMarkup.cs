using System.Buffers;

namespace CwmpShield.Core.Wire;

/// <summary>Passes over what carries no meaning, and holds it to XML 1.0 all the same: the declaration, comments, processing instructions.</summary>
internal static class XmlMarkup
{
    private static readonly SearchValues<byte> NotInDeclaration = SearchValues.Create("<>&\"'\t\r\n"u8);

    /// <summary>Passes over an XML declaration where there is one; false when it is ill-formed.</summary>
    public static bool TrySkipDeclaration(ref XmlCursor cursor)
    {
        if (!cursor.Rest.StartsWith("<?xml"u8) || XmlCharacters.NameLength(cursor.Rest[2..]) > 3)
        {
            return true;
        }

        cursor.At += 5;
        if (!TryAttribute(ref cursor, "version"u8, out var version) || !version.SequenceEqual("1.0"u8))
        {
            return false;
        }

        // What the encoding's name is worth has been settled before the body came here.
        var attribute = TryAttribute(ref cursor, "encoding"u8, out _) && TryAttribute(ref cursor, "standalone"u8, out var standalone)
            ? standalone
            : TryAttribute(ref cursor, "standalone"u8, out standalone) ? standalone : "no"u8;
        cursor.SkipWhiteSpace();
        return (attribute.SequenceEqual("yes"u8) || attribute.SequenceEqual("no"u8)) && cursor.TryTake("?>"u8);
    }

    /// <summary>Passes over a comment or a processing instruction at the cursor; false when it is ill-formed.</summary>
    /// <param name="cursor">On <c>&lt;!--</c> or <c>&lt;?</c>.</param>
    /// <param name="isDoubtful">Whether the body holds a character that XML does not have.</param>
    public static bool TrySkip(ref XmlCursor cursor, bool isDoubtful) =>
        (cursor.TryTake("<!--"u8) ? TryComment(ref cursor, out var content) : TryInstruction(ref cursor, out content))
        && !(isDoubtful && XmlCharacters.HasNoncharacter(content));

    private static bool TryComment(ref XmlCursor cursor, out ReadOnlySpan<byte> content) =>
        cursor.TryTakeUntil("--"u8, out content) && cursor.TryTake((byte)'>');

    private static bool TryInstruction(ref XmlCursor cursor, out ReadOnlySpan<byte> content)
    {
        cursor.At += 2;
        var target = cursor.TakeName();
        var isSpaced = XmlCharacters.IsWhiteSpace(cursor.Current) || cursor.Rest.StartsWith("?>"u8);
        content = default;
        return !target.IsEmpty && isSpaced && !IsReserved(target) && cursor.TryTakeUntil("?>"u8, out content);
    }

    private static bool IsReserved(ReadOnlySpan<byte> target) =>
        target is [(byte)'x' or (byte)'X', (byte)'m' or (byte)'M', (byte)'l' or (byte)'L'];

    // Leaves the cursor where it was when the next attribute has another name; an ill-formed one is then met by whoever asks next.
    private static bool TryAttribute(ref XmlCursor cursor, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var from = cursor.At;
        value = default;
        if (cursor.SkipWhiteSpace() && cursor.TakeName().SequenceEqual(name))
        {
            cursor.SkipWhiteSpace();
            if (cursor.TryTake((byte)'='))
            {
                cursor.SkipWhiteSpace();
                var quote = cursor.Current;
                cursor.At++;
                if (quote is (byte)'"' or (byte)'\'' && TryValue(ref cursor, quote, out value))
                {
                    return true;
                }
            }
        }

        cursor.At = from;
        return false;
    }

    private static bool TryValue(ref XmlCursor cursor, byte quote, out ReadOnlySpan<byte> value)
    {
        var length = cursor.Rest.IndexOf(quote);
        value = length < 0 ? default : cursor.Rest[..length];
        cursor.At += value.Length + 1;
        return length >= 0 && value.IndexOfAny(NotInDeclaration) < 0;
    }
}
