using System.Globalization;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Writes tags as Prometheus labels, escaped. It works in a caller's buffer: the message path calls it.</summary>
internal static class MetricLabels
{
    /// <summary>Characters that all labels of a series may take.</summary>
    public const int MaxLength = 512;

    /// <summary>Renders <paramref name="tags"/>; false when they don't fit.</summary>
    public static bool TryRender(ReadOnlySpan<KeyValuePair<string, object?>> tags, Span<char> buffer, out int length)
    {
        length = 0;
        foreach (var (name, value) in tags)
        {
            if ((length > 0 && !TryPut(',', buffer, ref length))
                || !TryName(name, buffer, ref length)
                || !TryPut('=', buffer, ref length) || !TryPut('"', buffer, ref length)
                || !TryValue(value, buffer, ref length)
                || !TryPut('"', buffer, ref length))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The labels of the series that takes in what has no series of its own.</summary>
    public static string Other(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new List<string>();
        foreach (var (name, _) in tags)
        {
            names.Add($"{PrometheusName.Sanitise(name)}=\"other\"");
        }

        return string.Join(',', names);
    }

    private static bool TryName(string name, Span<char> buffer, ref int length)
    {
        foreach (var character in name)
        {
            if (!TryPut(char.IsAsciiLetterOrDigit(character) ? character : '_', buffer, ref length))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryValue(object? value, Span<char> buffer, ref int length)
    {
        var text = value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        foreach (var character in text)
        {
            var escaped = character switch { '\\' => '\\', '"' => '"', '\n' => 'n', _ => '\0' };
            if ((escaped != '\0' && !TryPut('\\', buffer, ref length))
                || !TryPut(escaped != '\0' ? escaped : char.IsControl(character) ? '?' : character, buffer, ref length))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryPut(char character, Span<char> buffer, ref int length)
    {
        if (length == buffer.Length)
        {
            return false;
        }

        buffer[length++] = character;
        return true;
    }
}
