namespace CwmpShield.Gateway.Configuration;

/// <summary>A receiver of this node's records, by syslog (RFC 5424).</summary>
public sealed record SyslogOptions
{
    /// <summary>Name in logs, metrics and the store; unique. Another name is another receiver, which is told nothing of what this one was.</summary>
    public string Name { get; init; } = "";

    /// <summary>How records travel. The default value is tls.</summary>
    public SyslogTransport Transport { get; init; } = SyslogTransport.Tls;

    /// <summary>Host name or address; with tls, the name that the receiver's certificate must have.</summary>
    public string Host { get; init; } = "";

    /// <summary>Port, 0 for 514 (udp), 601 (tcp) or 6514 (tls). The default value is 0.</summary>
    public int Port { get; init; }

    /// <summary>PEM bundle of the authorities of the receiver's certificate; required with tls. The system's store is never used.</summary>
    public string CaPath { get; init; } = "";

    /// <summary>Certificate that the gateway shows the receiver; empty for none.</summary>
    public CertificateOptions ClientCertificate { get; init; } = new();

    /// <summary>What the message is. The default value is json.</summary>
    public SyslogFormat Format { get; init; } = SyslogFormat.Json;

    /// <summary>Facility, 0–23. The default value is 13 (log audit).</summary>
    public int Facility { get; init; } = 13;

    /// <summary>Kinds of records that are sent, by their words; empty for all. Checkpoints always are.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The port in use.</summary>
    internal int EffectivePort => Port > 0 ? Port : Transport switch { SyslogTransport.Udp => 514, SyslogTransport.Tcp => 601, _ => 6514 };
}

/// <summary>How syslog travels.</summary>
public enum SyslogTransport
{
    /// <summary>TLS (RFC 5425): at least once.</summary>
    Tls = 0,

    /// <summary>TCP with octet counting (RFC 6587): at least once, in the clear.</summary>
    Tcp,

    /// <summary>UDP (RFC 5426): best effort, in the clear.</summary>
    Udp,
}

/// <summary>What a syslog message is.</summary>
public enum SyslogFormat
{
    /// <summary>The bytes that were hashed: one JSON object in ASCII.</summary>
    Json = 0,

    /// <summary>ArcSight Common Event Format.</summary>
    Cef,
}
