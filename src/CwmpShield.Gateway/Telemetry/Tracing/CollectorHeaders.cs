using System.Net.Http.Headers;

namespace CwmpShield.Gateway.Telemetry.Tracing;

/// <summary>Reads the headers that a collector wants to see. They are secrets: no message tells a value.</summary>
internal static class CollectorHeaders
{
    /// <summary>Headers at most.</summary>
    public const int Most = 16;

    private const int MaxBytes = 16 << 10;

    /// <summary>Reads the file; <paramref name="problem"/> says why it could not be.</summary>
    public static bool TryRead(string path, out IReadOnlyList<KeyValuePair<string, string>> headers, out string problem)
    {
        headers = [];
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                problem = $"it is longer than {MaxBytes} bytes";
                return false;
            }

            var lines = File.ReadAllLines(path);
            using var probe = new HttpRequestMessage();
            var found = new List<KeyValuePair<string, string>>();
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > 0 && !TryAdd(lines[i], probe.Headers, found))
                {
                    problem = $"line {i + 1} is not one";
                    return false;
                }
            }

            headers = found;
            problem = found.Count <= Most ? "" : $"it has {found.Count}";
            return found.Count <= Most;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problem = unreadable.Message;
            return false;
        }
    }

    private static bool TryAdd(string line, HttpRequestHeaders probe, List<KeyValuePair<string, string>> found)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon > 0 ? line[..colon] : "";
        var value = line[(colon + 1)..].Trim();
        var isOne = name.Length > 0 && value.Length > 0 && !value.Any(char.IsControl) && probe.TryAddWithoutValidation(name, value);
        if (isOne)
        {
            found.Add(new(name, value));
        }

        return isOne;
    }
}
