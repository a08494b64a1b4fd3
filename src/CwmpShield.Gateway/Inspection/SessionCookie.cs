using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// The cookie that names a session: 128 random bits in <c>[A-Za-z0-9_-]</c> and <c>Path</c> only, because the cookie buffers of
/// devices are small. Devices return cookies quoted, separated by commas instead of semicolons, or not at all.
/// </summary>
internal static class SessionCookie
{
    private const string Name = "cwmpshield";
    private const int RandomBytes = 16;
    private const int ValueLength = 22;

    /// <summary>A fresh value.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The Set-Cookie header of <paramref name="value"/>.</summary>
    public static string SetHeader(string value) => $"{Name}={value}; Path=/";

    /// <summary>The value in Cookie headers as a device sent them; null when there is none of the right form.</summary>
    public static string? Find(StringValues headers)
    {
        foreach (var header in headers)
        {
            foreach (var range in header.AsSpan().SplitAny(',', ';'))
            {
                var pair = header.AsSpan()[range].Trim();
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals].TrimEnd().Equals(Name, StringComparison.OrdinalIgnoreCase))
                {
                    var value = pair[(equals + 1)..].Trim().Trim('"');
                    return value.Length == ValueLength ? value.ToString() : null;
                }
            }
        }

        return null;
    }
}
