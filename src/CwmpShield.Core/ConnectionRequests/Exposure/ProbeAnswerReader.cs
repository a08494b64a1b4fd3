using System.Globalization;
using System.Text;

namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>Reads the beginning of a device's answer, as far as a scan needs it. Lenient with the forms of embedded web servers, and strict with sizes.</summary>
public static class ProbeAnswerReader
{
    /// <summary>Bytes of an answer that are read.</summary>
    public const int MaxBytes = 16 << 10;

    private const int MaxHeaders = 64;
    private const int MaxRealm = 128;

    /// <summary>Reads what has come of an answer; null when it is no HTTP answer, or its head is not complete.</summary>
    public static ProbeAnswer? Read(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MaxBytes)]);
        if (HeadLength(text) is not { } head || !TryStatus(text, out var status))
        {
            return null;
        }

        var schemes = LoginSchemes.None;
        string? realm = null;
        var server = "";
        foreach (var (name, value) in Headers(text[..head]))
        {
            if (name.Equals("WWW-Authenticate", StringComparison.OrdinalIgnoreCase))
            {
                schemes |= ChallengeScan.Schemes(value);
                realm ??= ChallengeScan.Realm(value) is { } found ? found[..Math.Min(found.Length, MaxRealm)] : null;
            }
            else if (server.Length == 0 && name.Equals("Server", StringComparison.OrdinalIgnoreCase))
            {
                server = ServerBanner.Clean(value);
            }
        }

        return new(status, schemes, realm, server, status == 200 ? Services(text.AsSpan(head)) : ExposedServices.None);
    }

    /// <summary>Whether <paramref name="bytes"/> are all that a device will send: the head, and as much body as it announced.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= MaxBytes)
        {
            return true;
        }

        var text = Encoding.Latin1.GetString(bytes);
        if (HeadLength(text) is not { } head)
        {
            return false;
        }

        foreach (var (name, value) in Headers(text[..head]))
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return text.Length - head >= length;
            }
        }

        return false;
    }

    private static int? HeadLength(string text)
    {
        var strict = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lenient = text.IndexOf("\n\n", StringComparison.Ordinal);
        return strict >= 0 && (lenient < 0 || strict < lenient) ? strict + 4 : lenient >= 0 ? lenient + 2 : null;
    }

    private static bool TryStatus(string text, out int status)
    {
        status = 0;
        return text.Length >= 12 && text.StartsWith("HTTP/1.", StringComparison.Ordinal) && text[8] == ' '
            && int.TryParse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
    }

    private static IEnumerable<(string Name, string Value)> Headers(string head)
    {
        foreach (var line in head.Split('\n').Skip(1).Take(MaxHeaders))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                yield return (line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }
    }

    private static ExposedServices Services(ReadOnlySpan<char> body) =>
        (Has(body, "urn:dslforum-org:device") || Has(body, "urn:dslforum-org:service") ? ExposedServices.Tr064 : ExposedServices.None)
        | (Has(body, "urn:schemas-upnp-org:device") || Has(body, "urn:schemas-upnp-org:service") ? ExposedServices.Upnp : ExposedServices.None)
        | (Has(body, "purenetworks.com/HNAP1") ? ExposedServices.Hnap : ExposedServices.None);

    private static bool Has(ReadOnlySpan<char> body, string word) => body.Contains(word, StringComparison.OrdinalIgnoreCase);
}
