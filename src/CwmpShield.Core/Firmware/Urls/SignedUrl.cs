using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware.Urls;

/// <summary>
/// URLs that carry who may fetch them and until when. At the end of the query, in this order, stand <c>csk</c> (key id), <c>cse</c> (expiry, Unix seconds),
/// <c>csd</c> (the device in the form of TR-069 3.4.4, percent-encoded once more) and <c>css</c> (signature, base64url without padding). Signed is
/// the line <c>cwmpshield-url-1</c>, a line feed, and the URL up to the <c>&amp;</c> before <c>css</c>, exactly as it is sent.
/// </summary>
public static class SignedUrl
{
    /// <summary>Characters of the longest URL that an order takes (TR-069 A.3.2.8).</summary>
    public const int MaxLength = 256;

    private const string Head = "cwmpshield-url-1\n";
    private const string KeyName = "csk=";
    private const string ExpiryName = "cse=";
    private const string DeviceName = "csd=";
    private const string SignatureName = "&css=";
    private static readonly string[] Names = [KeyName, ExpiryName, DeviceName, "css="];

    /// <summary>Signs a URL for one device.</summary>
    /// <param name="key">The key, with its private half.</param>
    /// <param name="url">The URL; it must have one meaning and carry no signature yet.</param>
    /// <param name="device">Who may fetch it.</param>
    /// <param name="expires">Until when.</param>
    /// <param name="problem">What is wrong; empty when it is signed.</param>
    /// <returns>The signed URL, or null with a problem.</returns>
    public static string? Sign(UrlKey key, string url, DeviceId device, DateTimeOffset expires, out string problem)
    {
        if (!UrlValue.TryParse(url, out var parsed) || parsed!.HasUserInfo)
        {
            problem = "the URL must be absolute, without user and fragment, and be read the same way by everyone";
            return null;
        }

        if (IsSigned(url))
        {
            problem = "the URL has a parameter csk, cse, csd or css already";
            return null;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{KeyName}{key.Id}&{ExpiryName}{expires.ToUnixTimeSeconds()}&{DeviceName}{Uri.EscapeDataString(device.ToString())}");
        if (key.Sign(Encoding.UTF8.GetBytes(Head + text)) is not { } signature)
        {
            problem = "the key has no private half";
            return null;
        }

        var signed = text + SignatureName + Base64Url.EncodeToString(signature);
        problem = signed.Length <= MaxLength ? "" : $"the signed URL has {signed.Length} characters, devices take {MaxLength}";
        return problem.Length == 0 ? signed : null;
    }

    /// <summary>Checks what a URL carries.</summary>
    /// <param name="text">The URL as the order has it.</param>
    /// <param name="keys">Known keys.</param>
    /// <param name="device">The session's device, null when none is bound.</param>
    /// <param name="now">The instant.</param>
    /// <param name="maxLife">How far ahead the expiry may lie.</param>
    public static SignedUrlCheck Check(string text, IReadOnlyDictionary<string, UrlKey> keys, DeviceId? device, DateTimeOffset now, TimeSpan maxLife)
    {
        if (!IsSigned(text))
        {
            return SignedUrlCheck.NotSigned(text);
        }

        if (Fields(text) is not { } fields || !keys.TryGetValue(fields.Key, out var key) || !IsGood(key, fields))
        {
            return new SignedUrlCheck(text, null, ArtefactReason.UrlSignatureBad);
        }

        var reason = fields.Expires <= now || fields.Expires - now > maxLife ? ArtefactReason.UrlExpired
            : device is null || fields.Device != Uri.EscapeDataString(device.ToString()) ? ArtefactReason.UrlWrongDevice
            : "";
        return new SignedUrlCheck(fields.Url, reason.Length == 0 ? key : null, reason);
    }

    private static bool IsSigned(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && url[(query + 1)..].Split('&').Any(p => Names.Any(n => p.StartsWith(n, StringComparison.Ordinal)));
    }

    private static bool IsGood(UrlKey key, UrlFields fields)
    {
        Span<byte> signature = stackalloc byte[128];
        try
        {
            return fields.Signature.Length <= 170
                && Base64Url.TryDecodeFromChars(fields.Signature, signature, out var length)
                && key.Verify(Encoding.UTF8.GetBytes(Head + fields.Signed), signature[..length]);
        }
        catch (Exception problem) when (problem is FormatException or System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The parts; null where they are not the last four parameters in their order, or one stands twice.</summary>
    private static UrlFields? Fields(string url)
    {
        var parts = url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            var at = i - (parts.Length - Names.Length);
            if (Names.Any(n => parts[i].StartsWith(n, StringComparison.Ordinal)) != (at >= 0) || (at >= 0 && !parts[i].StartsWith(Names[at], StringComparison.Ordinal)))
            {
                return null;
            }
        }

        if (parts.Length < Names.Length || !long.TryParse(parts[^3].AsSpan(ExpiryName.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        var signature = url.LastIndexOf(SignatureName, StringComparison.Ordinal);
        var tail = parts[^4].Length + parts[^3].Length + parts[^2].Length + parts[^1].Length + Names.Length;
        return new UrlFields(
            url[..^tail],
            url[..signature],
            parts[^4][KeyName.Length..],
            DateTimeOffset.FromUnixTimeSeconds(seconds),
            parts[^2][DeviceName.Length..],
            url[(signature + SignatureName.Length)..]);
    }

    private sealed record UrlFields(string Url, string Signed, string Key, DateTimeOffset Expires, string Device, string Signature);
}

/// <summary>What a URL's own signature says.</summary>
/// <param name="Url">The URL without its signature.</param>
/// <param name="Key">The key whose signature is good for this device now; null when there is none.</param>
/// <param name="Reason">Why a signature does not count (<see cref="ArtefactReason"/>); empty when it does, or when the URL carries none.</param>
public sealed record SignedUrlCheck(string Url, UrlKey? Key, string Reason)
{
    /// <summary>The check of a URL that carries no signature.</summary>
    internal static SignedUrlCheck NotSigned(string url) => new(url, null, "");
}
