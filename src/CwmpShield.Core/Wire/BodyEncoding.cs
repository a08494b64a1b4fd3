using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Decides the one encoding of a body and gives it as UTF-8. Byte order mark, XML declaration and Content-Type must agree, unless
/// the body is plain ASCII, which all of the encodings that are read here mean alike.
/// </summary>
internal static class BodyEncoding
{
    // XML 1.0 has none of these, in any encoding that is read here.
    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    /// <summary>Gives the body as valid UTF-8 without byte order mark and without leading white space.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> body, string? contentType, out ReadOnlyMemory<byte> utf8, out WireError error)
    {
        utf8 = default;
        var charset = EncodingNames.FromContentType(contentType);
        var (marked, markLength) = ByteOrderMark(body.Span);
        if (!TryTranscode(body[markLength..], marked, charset, out var decoded, out error))
        {
            return false;
        }

        decoded = TrimStart(decoded);
        if (decoded.IsEmpty)
        {
            error = new WireError(WireReason.EmptyMessage, "The body is empty.");
            return false;
        }

        var control = decoded.Span.IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            error = new WireError(WireReason.ControlCharacter, "The body holds a character that XML 1.0 does not have.");
            return false;
        }

        utf8 = decoded;
        return true;
    }

    /// <summary>What a body says that its bytes are, for <see cref="TextRepair"/>; false where it is UTF-16 or names an encoding that is not read at all.</summary>
    /// <param name="body">Without byte order mark and leading white space when it comes back.</param>
    /// <param name="contentType">Content-Type header as it came, null when absent.</param>
    /// <param name="claim">UTF-8 where nothing is said; <see cref="EncodingName.AsciiSuperset"/> where the words differ.</param>
    internal static bool TryNarrowClaim(ref ReadOnlySpan<byte> body, string? contentType, out EncodingName claim)
    {
        var (marked, markLength) = ByteOrderMark(body);
        body = body[markLength..].TrimStart(" \t\r\n"u8);
        claim = EncodingName.None;
        foreach (var name in (ReadOnlySpan<EncodingName>)[marked, XmlDeclaration.Read(body).Encoding, EncodingNames.FromContentType(contentType)])
        {
            if (name == EncodingName.Unsupported || IsWide(name))
            {
                return false;
            }

            claim = name == EncodingName.None || name == claim ? claim : claim == EncodingName.None ? name : EncodingName.AsciiSuperset;
        }

        claim = claim == EncodingName.None ? EncodingName.Utf8 : claim;
        return UnmarkedUtf16(body) == EncodingName.None;
    }

    private static bool TryTranscode(ReadOnlyMemory<byte> body, EncodingName marked, EncodingName charset, out ReadOnlyMemory<byte> utf8, out WireError error)
    {
        var wide = marked is EncodingName.Utf16Little or EncodingName.Utf16Big ? marked : UnmarkedUtf16(body.Span);
        if (wide != EncodingName.None)
        {
            return TryUtf16(body, wide, marked, charset, out utf8, out error);
        }

        utf8 = default;
        body = TrimStart(body);
        var declaration = XmlDeclaration.Read(body.Span);
        if (declaration.Version is not (null or "" or "1.0"))
        {
            error = new WireError(WireReason.XmlVersion, "The XML declaration names another version than 1.0.", 1, 1);
            return false;
        }

        var declared = declaration.Encoding;
        if (marked == EncodingName.Unsupported || declared == EncodingName.Unsupported || charset == EncodingName.Unsupported)
        {
            error = new WireError(WireReason.EncodingUnsupported, "The body names an encoding that is not read.", 1, 1);
            return false;
        }

        if (IsWide(declared) || IsWide(charset))
        {
            error = Ambiguous("The body is declared as UTF-16 and is not.");
            return false;
        }

        return TryNarrow(body, marked, declared, charset, out utf8, out error);
    }

    private static bool TryNarrow(ReadOnlyMemory<byte> body, EncodingName marked, EncodingName declared, EncodingName charset, out ReadOnlyMemory<byte> utf8, out WireError error)
    {
        utf8 = body;
        error = default;
        if (Ascii.IsValid(body.Span))
        {
            return true;
        }

        var claim = marked != EncodingName.None ? marked : declared != EncodingName.None ? declared : charset;
        if ((declared != EncodingName.None && declared != claim) || (charset != EncodingName.None && charset != claim))
        {
            error = Ambiguous("Byte order mark, XML declaration and Content-Type name different encodings.");
            return false;
        }

        switch (claim)
        {
            case EncodingName.None or EncodingName.Utf8 when Utf8.IsValid(body.Span):
                return true;
            case EncodingName.Latin1 when body.Span.IndexOfAnyInRange((byte)0x80, (byte)0x9F) < 0:
                utf8 = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(body.Span));
                return true;
            case EncodingName.AsciiSuperset:
                error = new WireError(WireReason.EncodingUnsupported, "The body uses an encoding that is read for plain ASCII only.", 1, 1);
                return false;
            default:
                error = Ambiguous("The bytes are not what their encoding says.");
                return false;
        }
    }

    private static bool TryUtf16(ReadOnlyMemory<byte> body, EncodingName order, EncodingName marked, EncodingName charset, out ReadOnlyMemory<byte> utf8, out WireError error)
    {
        utf8 = default;
        error = default;
        var bigEndian = order == EncodingName.Utf16Big;
        var declaration = XmlDeclaration.Read(body.Span, width: 2, bigEndian);
        if (declaration.Version is not (null or "" or "1.0"))
        {
            error = new WireError(WireReason.XmlVersion, "The XML declaration names another version than 1.0.", 1, 1);
            return false;
        }

        var declared = declaration.Encoding;
        var undeclared = marked == EncodingName.None && declared == EncodingName.None && charset == EncodingName.None;
        if (undeclared || !Agrees(declared, order) || !Agrees(charset, order))
        {
            error = Ambiguous("The body is UTF-16, and is not declared so throughout.");
            return false;
        }

        try
        {
            var strict = new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
            utf8 = Encoding.UTF8.GetBytes(strict.GetString(body.Span));
            return true;
        }
        catch (DecoderFallbackException)
        {
            error = Ambiguous("The bytes are not what their encoding says.");
            return false;
        }
    }

    private static (EncodingName Encoding, int Length) ByteOrderMark(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (EncodingName.Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => (EncodingName.Unsupported, 4),
        [0xFF, 0xFE, ..] => (EncodingName.Utf16Little, 2),
        [0xFE, 0xFF, ..] => (EncodingName.Utf16Big, 2),
        _ => (EncodingName.None, 0),
    };

    private static EncodingName UnmarkedUtf16(ReadOnlySpan<byte> body) => body switch
    {
        [(byte)'<', 0, not 0, 0, ..] => EncodingName.Utf16Little,
        [0, (byte)'<', 0, not 0, ..] => EncodingName.Utf16Big,
        _ => EncodingName.None,
    };

    private static bool IsWide(EncodingName name) => name is EncodingName.Utf16 or EncodingName.Utf16Little or EncodingName.Utf16Big;

    private static bool Agrees(EncodingName name, EncodingName order) => name is EncodingName.None or EncodingName.Utf16 || name == order;

    private static WireError Ambiguous(string detail) => new(WireReason.EncodingAmbiguous, detail, 1, 1);

    // White space before the XML declaration is ill-formed, harmless, and sent by devices.
    private static ReadOnlyMemory<byte> TrimStart(ReadOnlyMemory<byte> body)
    {
        var start = body.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? default : body[start..];
    }
}
