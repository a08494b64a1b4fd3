using System.Globalization;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// An absolute URL with a host that every reader takes the same way: no control or space characters, no backslash, two slashes, no
/// percent in the host, no dot after it, no fragment, nothing that an old reader could take for another authority. This is the one normal form
/// of a URL in the product: lists, rules, the manifest and signed URLs all compare it.
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

    /// <summary>Query without its question mark, unreserved escapes decoded and the others in upper case; empty when none.</summary>
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
            || !TryHost(authority[(at + 1)..], out var host)
            || !UrlText.TryPath(rawPath, out var path) || !UrlText.TryQuery(query < 0 ? default : tail[(query + 1)..], out var normalQuery))
        {
            return false;
        }

        url = new UrlValue
        {
            Scheme = scheme,
            Host = host.Port == 0 ? host with { Port = DefaultPort(scheme) } : host,
            HasUserInfo = at >= 0,
            Path = path,
            Query = normalQuery,
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

    /// <summary>
    /// A dot at the end of the host makes the name absolute to resolvers, while certificates, virtual hosts and lists are written without it:
    /// some readers drop it and others do not, so that such a URL has two meanings.
    /// </summary>
    private static bool TryHost(ReadOnlySpan<char> text, out HostValue host)
    {
        host = default;
        var colon = text.LastIndexOf(':');
        return !(colon < 0 ? text : text[..colon]).EndsWith(".") && HostValue.TryParse(text, out host);
    }
}
