using System.Globalization;
using System.Text;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// The cookies of one session's ACS. They go back to the destination that set them and nowhere else, so that names and values
/// are all that is kept. At most 16 of 4 KiB; more, larger ones and those that would break the header are left out.
/// </summary>
internal sealed class AcsCookieJar
{
    private const int MaxCookies = 16;
    private const int MaxCookieLength = 4 << 10;
    private static readonly DateTimeOffset LongPast = DateTimeOffset.UnixEpoch.AddYears(30);

    private readonly List<(string Name, string Value)> cookies = [];

    /// <summary>Takes the Set-Cookie header values of an answer.</summary>
    public void Take(IEnumerable<string> setCookies)
    {
        foreach (var text in setCookies)
        {
            var parts = text.Split(';', StringSplitOptions.TrimEntries);
            var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text.Length <= MaxCookieLength && parts[0].All(c => c is >= ' ' and <= '~'))
            {
                Put(parts[0][..equals].TrimEnd(), parts[0][(equals + 1)..].TrimStart(), parts.Skip(1).Any(Deletes));
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

    /// <summary>No clock is asked: a cookie that a session sets is either meant for it, or deleted by an age of nothing or a date long past.</summary>
    private static bool Deletes(string attribute)
    {
        var pair = attribute.Split('=', 2, StringSplitOptions.TrimEntries);
        return pair.Length == 2 && pair[0].ToUpperInvariant() switch
        {
            "MAX-AGE" => long.TryParse(pair[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var age) && age <= 0,
            "EXPIRES" => DateTimeOffset.TryParse(pair[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at < LongPast,
            _ => false,
        };
    }

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
