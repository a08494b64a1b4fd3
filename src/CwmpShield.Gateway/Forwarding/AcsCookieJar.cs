using System.Text;
using Microsoft.Net.Http.Headers;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// The cookies of one session's ACS. They go back to the destination that set them and nowhere else, so that names and values
/// are all that is kept. At most 16 of 4 KiB; more, larger or odder ones are left out.
/// </summary>
internal sealed class AcsCookieJar
{
    private const int MaxCookies = 16;
    private const int MaxCookieLength = 4 << 10;
    private readonly List<(string Name, string Value)> cookies = [];

    /// <summary>Takes the Set-Cookie header values of an answer.</summary>
    public void Take(IEnumerable<string> setCookies)
    {
        foreach (var text in setCookies)
        {
            if (text.Length <= MaxCookieLength && SetCookieHeaderValue.TryParse(text, out var cookie))
            {
                Put(cookie.Name.ToString(), cookie.Value.ToString(), Expired(cookie));
            }
        }
    }

    /// <summary>The Cookie header, null when there are none.</summary>
    public string? Header()
    {
        if (cookies.Count == 0)
        {
            return null;
        }

        var header = new StringBuilder();
        foreach (var (name, value) in cookies)
        {
            header.Append(header.Length > 0 ? "; " : "").Append(name).Append('=').Append(value);
        }

        return header.ToString();
    }

    /// <summary>No clock is asked: a cookie that a session sets is either meant for it or deleted by a date long past.</summary>
    private static bool Expired(SetCookieHeaderValue cookie) =>
        cookie.MaxAge <= TimeSpan.Zero || cookie.Expires < DateTimeOffset.UnixEpoch.AddYears(30);

    private void Put(string name, string value, bool remove)
    {
        var index = cookies.FindIndex(cookie => string.Equals(cookie.Name, name, StringComparison.Ordinal));
        if (index >= 0)
        {
            cookies.RemoveAt(index);
        }

        if (!remove && cookies.Count < MaxCookies)
        {
            cookies.Add((name, value));
        }
    }
}
