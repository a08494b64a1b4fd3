using System.Globalization;
using System.Text;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// An absolute URL with a host that every reader takes the same way: no control or space characters, no backslash, two slashes, no
/// percent in the host, no fragment, nothing that an old reader could take for another authority.
/// </summary>
public sealed class UrlValue
{
    private UrlValue()
    {
    }

    /// <summary>Lower-case scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host; its port is the URL's, the scheme's default filled in (0 for a scheme without one).</summary>
    public required HostValue Host { get; init; }

    /// <summary>Whether user or password stand before the host.</summary>
    public bool HasUserInfo { get; init; }

    /// <summary>Path with dot segments resolved and unreserved escapes decoded; at least <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Query without its question mark; empty when none.</summary>
    public string Query { get; init; } = "";

    /// <summary>Scheme, host, port and path in the one form that comparison uses, query included.</summary>
    public string Canonical => Query.Length == 0 ? Origin + Path : $"{Origin}{Path}?{Query}";

    /// <summary>Scheme, host and port in the one form that comparison uses.</summary>
    public string Origin
    {
        get
        {
            var host = Host.Address is { } ip ? string.Create(CultureInfo.InvariantCulture, $"[{ip.Bits:x}]") : Host.Name;
            return string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{host}:{Host.Port}");
        }
    }

    /// <summary>Reads <paramref name="text"/>; false when it has no one meaning.</summary>
    public static bool TryParse(string text, out UrlValue? url)
    {
        url = null;
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || !IsScheme(text.AsSpan(0, colon)) || HasForbidden(text))
        {
            return false;
        }

        var rest = text.AsSpan(colon + 3);
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? default : rest[end..];
        var at = authority.IndexOf('@');
        var query = tail.IndexOf('?');
        var rawPath = query < 0 ? tail : tail[..query];
        var scheme = text[..colon].ToLowerInvariant();
        if (authority.Count('@') > 1 || (rawPath.IsEmpty && tail.Contains('@'))
            || !HostValue.TryParse(authority[(at + 1)..], out var host) || !TryPath(rawPath, out var path))
        {
            return false;
        }

        url = new UrlValue
        {
            Scheme = scheme,
            Host = host.Port == 0 ? host with { Port = DefaultPort(scheme) } : host,
            HasUserInfo = at >= 0,
            Path = path,
            Query = query < 0 ? "" : tail[(query + 1)..].ToString(),
        };
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        char.IsAsciiLetter(scheme[0]) && !scheme.ContainsAnyExcept(CharacterSets.Scheme);

    private static bool HasForbidden(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\' or '#' or '"' or '<' or '>' or '^' or '`'
                || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                return true;
            }
        }

        return false;
    }

    private static int DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        "ftps" => 990,
        "sftp" or "scp" => 22,
        "tftp" => 69,
        _ => 0,
    };

    private static bool TryPath(ReadOnlySpan<char> raw, out string path)
    {
        path = "/";
        var decoded = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '%')
            {
                decoded.Append(raw[i]);
                continue;
            }

            if (i + 2 >= raw.Length || !byte.TryParse(raw.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var octet) || octet < 0x20)
            {
                return false;
            }

            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            {
                decoded.Append(c);
            }
            else
            {
                decoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }

            i += 2;
        }

        path = ResolveDots(decoded.ToString());
        return !HidesDotSegment(path);
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
