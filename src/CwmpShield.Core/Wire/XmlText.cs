using System.Buffers;
using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>A stretch of a body that is the text of something.</summary>
/// <param name="Start">Bytes before it.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="IsPlain">Whether its bytes are its characters: no reference, nothing to normalise.</param>
/// <param name="HasDecimal">Whether a character in it is given as a decimal number.</param>
internal readonly record struct XmlText(int Start, int Length, bool IsPlain, bool HasDecimal = false)
{
    private static readonly SearchValues<byte> SpecialInContent = SearchValues.Create("<&]\r"u8);
    private static readonly SearchValues<byte> SpecialInDoubleQuotes = SearchValues.Create("\"<&\t\n\r"u8);
    private static readonly SearchValues<byte> SpecialInSingleQuotes = SearchValues.Create("'<&\t\n\r"u8);

    /// <summary>Takes character content up to the next tag or the end of the body; false when it is ill-formed.</summary>
    public static bool TryTakeContent(ref XmlCursor cursor, out XmlText text)
    {
        var start = cursor.At;
        var (isPlain, hasDecimal) = (true, false);
        text = default;
        while (true)
        {
            var run = cursor.Rest.IndexOfAny(SpecialInContent);
            cursor.At = run < 0 ? cursor.Bytes.Length : cursor.At + run;
            switch (cursor.Current)
            {
                case (byte)'&' when XmlReference.TryRead(ref cursor, out _, out var isDecimal):
                    (isPlain, hasDecimal) = (false, hasDecimal || isDecimal);
                    break;
                case (byte)']' when !cursor.Rest.StartsWith("]]>"u8):
                    cursor.At++;
                    break;
                case (byte)'\r':
                    isPlain = false;
                    cursor.At++;
                    break;
                case (byte)'&' or (byte)']':
                    return false;
                default:
                    text = new XmlText(start, cursor.At - start, isPlain, hasDecimal);
                    return true;
            }
        }
    }

    /// <summary>Takes a CDATA section whose opening has been taken; false when it has no end.</summary>
    public static bool TryTakeSection(ref XmlCursor cursor, out XmlText text)
    {
        var start = cursor.At;
        var ends = cursor.TryTakeUntil("]]>"u8, out var content);
        text = new XmlText(start, content.Length, !content.Contains((byte)'\r'));
        return ends;
    }

    /// <summary>Takes an attribute's value with its quotes; false when it is ill-formed.</summary>
    public static bool TryTakeValue(ref XmlCursor cursor, out XmlText text)
    {
        var quote = cursor.Current;
        var special = quote == (byte)'"' ? SpecialInDoubleQuotes : SpecialInSingleQuotes;
        var start = ++cursor.At;
        var isPlain = true;
        text = default;
        while (quote is (byte)'"' or (byte)'\'')
        {
            var run = cursor.Rest.IndexOfAny(special);
            cursor.At = run < 0 ? cursor.Bytes.Length : cursor.At + run;
            if (cursor.TryTake(quote))
            {
                text = new XmlText(start, cursor.At - 1 - start, isPlain);
                return true;
            }

            isPlain = false;
            if (cursor.Current is (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                cursor.At++;
            }
            else if (cursor.Current != (byte)'&' || !XmlReference.TryRead(ref cursor, out _, out _))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);

    /// <summary>Adds the characters of content to <paramref name="output"/>: references followed, every line end a line feed.</summary>
    public void DecodeContent(ReadOnlySpan<byte> body, CharBuffer output) => Decode(In(body), "&\r"u8, '\n', output);

    /// <summary>Adds the characters of a CDATA section to <paramref name="output"/>.</summary>
    public void DecodeSection(ReadOnlySpan<byte> body, CharBuffer output) => Decode(In(body), "\r"u8, '\n', output);

    /// <summary>Adds the characters of an attribute's value to <paramref name="output"/>: references followed, tabs and line ends are spaces.</summary>
    public void DecodeValue(ReadOnlySpan<byte> body, CharBuffer output) => Decode(In(body), "&\t\n\r"u8, ' ', output);

    private static void Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> special, char space, CharBuffer output)
    {
        var cursor = new XmlCursor(bytes);
        while (true)
        {
            var run = cursor.Rest.IndexOfAny(special);
            output.Append(run < 0 ? cursor.Rest : cursor.Rest[..run]);
            if (run < 0)
            {
                return;
            }

            cursor.At += run;
            if (cursor.Current == (byte)'&')
            {
                XmlReference.TryRead(ref cursor, out var character, out _);
                output.Append(character);
                continue;
            }

            cursor.At += cursor.Rest is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
            output.Append(new Rune(space));
        }
    }
}
