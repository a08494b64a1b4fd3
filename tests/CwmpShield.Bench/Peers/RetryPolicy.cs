using System.Security.Cryptography;

namespace CwmpShield.Bench.Peers;

/// <summary>When a device comes again after a session that failed (TR-069 3.2.1.1, with the default interval and multiplier).</summary>
internal static class RetryPolicy
{
    private const int FirstMilliseconds = 5000;
    private const int LastAttempt = 10;

    /// <summary>Milliseconds to wait after the failed attempt of this number, from 1: 5–10 s, then twice as long each time, up to 2,560–5,120 s.</summary>
    public static int Milliseconds(int attempt)
    {
        var least = FirstMilliseconds << (Math.Clamp(attempt, 1, LastAttempt) - 1);
        return least + RandomNumberGenerator.GetInt32(least + 1);
    }
}
