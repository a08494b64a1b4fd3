using System.Text;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Fuzz.Targets;

/// <summary>Cookies: what devices send to be led to their session, and what an ACS sets.</summary>
internal static class CookieTargets
{
    private const string Session = "AbCdEfGhIjKlMnOpQrStUv";
    private const string Other = "0123456789_-0123456789";
    private static readonly string[] Breaks = ["\r", "\n", "\0"];

    /// <summary>The value of a device's Cookie header, while two sessions are in progress.</summary>
    public static FuzzTarget Device { get; } = new()
    {
        Name = "cookie",
        Seeds =
        [
            Encoding.ASCII.GetBytes($"cwmpshield={Session}"),
            Encoding.ASCII.GetBytes($"JSESSIONID=0123456789abcdef; cwmpshield=\"{Session}\"; $Path=\"/\""),
            Encoding.ASCII.GetBytes($"$Version=1, CwmpShield = {Other} ,a=b"),
        ],
        Fragments = [";", ",", "=", "\"", " ", "\t", "\r\n", "\0", "%41", "\u00E9", "cwmpshield", "cwmpshield=", "CWMPSHIELD=", "cwmpshield-session=", "$Path=/", "==", "\\", Session, Session[..21], Session + "A", Session.ToUpperInvariant()],
        Wraps = [("\"", "\""), (" ", " "), (";", ";")],
        Mark = (byte)';',
        MaxLength = 16 << 10,
        Check = header => LedTo(Encoding.Latin1.GetString(header)),
    };

    /// <summary>Set-Cookie headers of an ACS, a line each, and the header that goes back to it.</summary>
    public static FuzzTarget Acs { get; } = new()
    {
        Name = "set-cookie",
        Seeds =
        [
            "JSESSIONID=0123456789abcdef0123456789abcdef; Path=/; HttpOnly\nroute=a1; Max-Age=60; SameSite=Lax"u8.ToArray(),
            "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT\nb=\"two words\"; Domain=acs.example; Secure\na=; Max-Age=0"u8.ToArray(),
        ],
        Fragments = [";", "=", "\"", " ", "\r", "\0", "\u00E9", "\u007F", "Max-Age=", "Max-Age=-9223372036854775809", "Expires=", "Expires=Fri, 31 Dec 9999 23:59:59 GMT", "Expires=0001-01-01", "Path=/", "a=", "\na=b", "\n", "; ;", "=b", ","],
        Wraps = [("\"", "\""), ("", "\n"), (";", ";")],
        MaxLength = 16 << 10,
        Check = headers => SentBack(Encoding.Latin1.GetString(headers).Split('\n')),
    };

    /// <summary>A session is found by its whole value, under the gateway's name, and by nothing that resembles it.</summary>
    private static string? LedTo(string header)
    {
        if (SessionCookie.Find(header) is not { } found)
        {
            return null;
        }

        if (found.Length != Session.Length || !header.Contains(found, StringComparison.Ordinal))
        {
            return "a value that the header does not have";
        }

        return found is not (Session or Other) || Carries(header, found) ? null : "a session is opened by another cookie than its own";
    }

    /// <summary>Whether one of the header's parts, white space and quotes apart, is the gateway's name and the value.</summary>
    private static bool Carries(string header, string value) => header.Split(';', ',').Any(part =>
        part.Split('=', 2) is [var name, var given]
        && name.Trim().Equals("cwmpshield", StringComparison.OrdinalIgnoreCase)
        && given.Trim().Trim('"').Equals(value, StringComparison.Ordinal));

    /// <summary>What goes back fits into one header of a request, and is made of what was set.</summary>
    private static string? SentBack(string[] headers)
    {
        var jar = new AcsCookieJar();
        jar.Take(headers);
        if (jar.Header() is not { } sent)
        {
            return null;
        }

        var pairs = sent.Split("; ");
        return Breaks.Any(sent.Contains) || sent.Any(c => c is < ' ' or > '~') ? "the header breaks"
            : sent.Length > 16 * (4096 + 2) ? "the header is too long"
            : pairs.Any(pair => pair.IndexOf('=', StringComparison.Ordinal) <= 0) ? "a cookie without a name"
            : pairs.All(pair => pair.Split('=', 2) is [var name, var value] && headers.Any(header => header.Contains(name, StringComparison.Ordinal) && header.Contains(value, StringComparison.Ordinal))) ? null
            : "a cookie that nobody set";
    }
}
