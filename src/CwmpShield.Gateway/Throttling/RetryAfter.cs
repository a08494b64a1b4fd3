using System.Security.Cryptography;

namespace CwmpShield.Gateway.Throttling;

/// <summary>When somebody is told to come again: not before it would help, and not all at the same time.</summary>
internal static class RetryAfter
{
    /// <summary>Shortest in seconds.</summary>
    public const int Least = 5;

    /// <summary>Longest in seconds, jitter included.</summary>
    public const int Most = 900;

    /// <summary>Seconds from <paramref name="wait"/> to one and a half of it, by chance.</summary>
    public static int Seconds(TimeSpan wait)
    {
        var least = (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), Least, Most * 2 / 3);
        return least + RandomNumberGenerator.GetInt32((least / 2) + 1);
    }
}
