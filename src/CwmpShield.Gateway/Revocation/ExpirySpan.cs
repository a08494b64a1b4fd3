namespace CwmpShield.Gateway.Revocation;

/// <summary>The spans of time that certificates are counted in by their expiry.</summary>
internal static class ExpirySpan
{
    private static readonly (string Name, int Days)[] Spans = [("expired", 0), ("7d", 7), ("30d", 30), ("90d", 90), ("365d", 365)];

    /// <summary>Name and end of every span, in Unix milliseconds; each begins where the one before ends.</summary>
    public static IEnumerable<(string Name, long Until)> All(DateTimeOffset now) =>
        Spans.Select(span => (span.Name, now.AddDays(span.Days).ToUnixTimeMilliseconds())).Append(("later", long.MaxValue));
}
