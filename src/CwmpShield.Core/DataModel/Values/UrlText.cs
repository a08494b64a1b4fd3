using System.Globalization;
using System.Text;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Path and query of a URL in the one form that comparison uses.</summary>
internal static class UrlText
{
    /// <summary>Resolves dot segments and decodes unreserved escapes; false for a broken escape, a control octet, or a dot segment that hides.</summary>
    public static bool TryPath(ReadOnlySpan<char> raw, out string path)
    {
        path = "/";
        if (!TryUnescape(raw, out var decoded))
        {
            return false;
        }

        path = ResolveDots(decoded);
        return !HidesDotSegment(path);
    }

    /// <summary>Decodes unreserved escapes; false for a broken escape or a control octet.</summary>
    public static bool TryQuery(ReadOnlySpan<char> raw, out string query) => TryUnescape(raw, out query);

    /// <summary>Escapes in one form: none where the character may stand for itself, upper-case digits elsewhere, letters beyond ASCII as UTF-8.</summary>
    private static bool TryUnescape(ReadOnlySpan<char> raw, out string text)
    {
        text = "";
        if (!raw.Contains('%') && System.Text.Ascii.IsValid(raw))
        {
            text = raw.ToString();
            return true;
        }

        Span<byte> utf8 = stackalloc byte[4];
        var decoded = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            if (raw[0] == '%')
            {
                if (raw.Length < 3 || !byte.TryParse(raw[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet) || octet < 0x20)
                {
                    return false;
                }

                Append(decoded, octet);
                raw = raw[3..];
                continue;
            }

            if (Rune.DecodeFromUtf16(raw, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            if (rune.IsAscii)
            {
                decoded.Append((char)rune.Value);
            }
            else
            {
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    Append(decoded, octet);
                }
            }

            raw = raw[used..];
        }

        text = decoded.ToString();
        return true;
    }

    private static void Append(StringBuilder text, byte octet)
    {
        var c = (char)octet;
        if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        {
            text.Append(c);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
    }

    /// <summary>A dot segment behind an encoded slash or before a path parameter, which some servers resolve and others do not.</summary>
    private static bool HidesDotSegment(string path)
    {
        if (!path.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        var slashed = path.Replace("%2F", "/", StringComparison.Ordinal).Replace("%5C", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
        foreach (var segment in slashed.Split('/'))
        {
            if (segment.Split(';')[0] == "..")
            {
                return true;
            }
        }

        return false;
    }

    private static string ResolveDots(string path)
    {
        if (path.Length == 0)
        {
            return "/";
        }

        List<string> segments = [];
        var words = path.Split('/');
        for (var i = 1; i < words.Length; i++)
        {
            var last = i == words.Length - 1;
            if (words[i] is "." or "..")
            {
                if (words[i] is ".." && segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }

                if (last)
                {
                    segments.Add("");
                }
            }
            else
            {
                segments.Add(words[i]);
            }
        }

        return "/" + string.Join('/', segments);
    }
}
