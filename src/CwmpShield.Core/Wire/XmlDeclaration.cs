using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>The version and encoding that an XML declaration names, read before any parser sees the body.</summary>
/// <param name="Version">As written, empty without a declaration.</param>
/// <param name="Encoding">Meaning of the encoding's name.</param>
internal readonly record struct XmlDeclaration(string Version, EncodingName Encoding)
{
    // A declaration is three short attributes; one that is longer is not ours to guess at.
    private const int MaxLength = 256;

    /// <summary>Reads the declaration at the start of <paramref name="body"/>, whose characters take <paramref name="width"/> bytes each.</summary>
    /// <param name="body">The body without byte order mark.</param>
    /// <param name="width">1, or 2 for UTF-16.</param>
    /// <param name="bigEndian">Byte order where the width is 2.</param>
    public static XmlDeclaration Read(ReadOnlySpan<byte> body, int width = 1, bool bigEndian = false)
    {
        Span<char> head = stackalloc char[MaxLength];
        var length = Math.Min(body.Length / width, MaxLength);
        for (var i = 0; i < length; i++)
        {
            var high = width == 1 ? 0 : body[(i * 2) + (bigEndian ? 0 : 1)];
            head[i] = high != 0 ? '\uFFFD' : (char)body[(i * width) + (width == 2 && bigEndian ? 1 : 0)];
        }

        head = head[..length];
        var end = head.IndexOf("?>");
        if (!head.StartsWith("<?xml") || head.Length < 6 || head[5] is not (' ' or '\t' or '\r' or '\n'))
        {
            return default;
        }

        // Without an end in sight the parser will refuse it; the encoding must not be read from beyond the declaration.
        return end < 0
            ? new XmlDeclaration("1.0", EncodingName.Unsupported)
            : new XmlDeclaration(Attribute(head[..end], "version").ToString(), Named(Attribute(head[..end], "encoding")));
    }

    private static EncodingName Named(ReadOnlySpan<char> name) => name.IsEmpty ? EncodingName.None : EncodingNames.Parse(name);

    private static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> declaration, string name)
    {
        var at = declaration.IndexOf(name);
        if (at < 0)
        {
            return default;
        }

        var rest = declaration[(at + name.Length)..].TrimStart(" \t\r\n");
        if (!rest.StartsWith("="))
        {
            return default;
        }

        rest = rest[1..].TrimStart(" \t\r\n");
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
        {
            return default;
        }

        var close = rest[1..].IndexOf(rest[0]);
        return close < 0 ? default : rest.Slice(1, close);
    }
}
