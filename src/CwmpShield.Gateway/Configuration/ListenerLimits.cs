namespace CwmpShield.Gateway.Configuration;

/// <summary>What a stranger may cost on a listener.</summary>
public sealed record ListenerLimits
{
    /// <summary>Request headers in count. The default value is 32.</summary>
    public int MaxHeaders { get; init; } = 32;

    /// <summary>Request line and headers in bytes. The default value is 16 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 16 << 10;

    /// <summary>Body bytes before the device is authenticated. The default value is 64 KiB.</summary>
    public int MaxUnauthenticatedBodyBytes { get; init; } = 64 << 10;

    /// <summary>Body bytes from a device, compressed and inflated. The default value is 16 MiB.</summary>
    public int MaxUpBodyBytes { get; init; } = 16 << 20;

    /// <summary>Body bytes from the ACS, compressed and inflated. The default value is 1 MiB.</summary>
    public int MaxDownBodyBytes { get; init; } = 1 << 20;

    /// <summary>Inflated bytes per compressed byte. The default value is 100.</summary>
    public int MaxInflateRatio { get; init; } = 100;

    /// <summary>Element nesting. The default value is 32.</summary>
    public int MaxXmlDepth { get; init; } = 32;

    /// <summary>Elements of a body. The default value is 500,000.</summary>
    public int MaxXmlElements { get; init; } = 500_000;

    /// <summary>Time for a whole request from its first byte. The default value is 2 minutes.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time for request line and headers. The default value is 15 seconds.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for a TLS handshake, PROXY header included. The default value is 10 seconds.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest body in bytes a second after a grace of 10 seconds. The default value is 100.</summary>
    public int MinBytesPerSecond { get; init; } = 100;

    /// <summary>Time without a request on a kept connection. The default value is 60 seconds.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Connections on the listener. The default value is 20,000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Connections of one address (IPv6: one /64). The default value is 64.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 64;

    /// <summary>TLS handshakes in progress on the listener; beyond it whoever holds most gives way. The default value is 512.</summary>
    public int MaxHandshakes { get; init; } = 512;

    /// <summary>TLS handshakes in progress of one address (IPv6: one /64). The default value is 16.</summary>
    public int MaxHandshakesPerAddress { get; init; } = 16;

    /// <summary>Requests of one CWMP session. The default value is 1,000.</summary>
    public int MaxRequestsPerSession { get; init; } = 1000;

    /// <summary>Life of one CWMP session. The default value is 1 hour.</summary>
    public TimeSpan MaxSessionTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest silence within a session before it is ended. The default value is 60 seconds.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromSeconds(60);
}
