namespace CwmpShield.Gateway.Configuration;

/// <summary>Ranges in which the limits of a listener make sense: neither a typo that locks all devices out nor one that bounds nothing.</summary>
internal static class ListenerLimitChecks
{
    /// <summary>TR-069 lets every device send and take envelopes of 32 KiB.</summary>
    private const int LeastBody = 32 << 10;
    private const int MostBody = 256 << 20;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ListenerLimits limits, ConfigurationProblems problems)
    {
        problems.Range($"{key}:MaxHeaders", limits.MaxHeaders, 8, 1000);
        problems.Range($"{key}:MaxHeaderBytes", limits.MaxHeaderBytes, 1 << 10, 1 << 20);
        problems.Range($"{key}:MaxUnauthenticatedBodyBytes", limits.MaxUnauthenticatedBodyBytes, 1 << 10, 16 << 20);
        problems.Range($"{key}:MaxUpBodyBytes", limits.MaxUpBodyBytes, LeastBody, MostBody);
        problems.Range($"{key}:MaxDownBodyBytes", limits.MaxDownBodyBytes, LeastBody, MostBody);
        problems.Range($"{key}:MaxInflateRatio", limits.MaxInflateRatio, 1, 1032);
        problems.Range($"{key}:MaxXmlDepth", limits.MaxXmlDepth, 8, 256);
        problems.Range($"{key}:MaxXmlElements", limits.MaxXmlElements, 100, 10_000_000);
        problems.Range($"{key}:RequestTime", limits.RequestTime, Second, Hour);
        problems.Range($"{key}:HeaderTime", limits.HeaderTime, Second, Hour);
        problems.Range($"{key}:HandshakeTime", limits.HandshakeTime, Second, Hour);
        problems.Range($"{key}:MinBytesPerSecond", limits.MinBytesPerSecond, 1, 1 << 20);
        problems.Range($"{key}:IdleTime", limits.IdleTime, Second, Hour);
        problems.Range($"{key}:MaxConnections", limits.MaxConnections, 1, 1_000_000);
        problems.Range($"{key}:MaxConnectionsPerAddress", limits.MaxConnectionsPerAddress, 1, 1_000_000);
        problems.Range($"{key}:MaxHandshakes", limits.MaxHandshakes, 1, 1_000_000);
        problems.Range($"{key}:MaxHandshakesPerAddress", limits.MaxHandshakesPerAddress, 1, 1_000_000);
        problems.Range($"{key}:MaxRequestsPerSession", limits.MaxRequestsPerSession, 3, 1_000_000);
        problems.Range($"{key}:MaxSessionTime", limits.MaxSessionTime, Second, Hour);
        problems.Range($"{key}:SessionIdleTime", limits.SessionIdleTime, Second, Hour);
    }
}
