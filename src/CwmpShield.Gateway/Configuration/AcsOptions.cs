namespace CwmpShield.Gateway.Configuration;

/// <summary>How the gateway speaks to the ACS. Destinations and health checks are YARP's, in the <c>ReverseProxy</c> section.</summary>
public sealed record AcsOptions
{
    /// <summary>Host header towards the ACS; empty keeps the destination's own. The default value is empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>Time to connect. The default value is 5 seconds.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for one answer. The default value is 30 seconds.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Absolute URLs that an ACS may redirect a device to; anything else is refused.</summary>
    public IReadOnlyList<string> AllowedRedirects { get; init; } = [];

    /// <summary>Name by which the gateway calls itself in RFC 7239 Forwarded; empty leaves <c>by</c> out.</summary>
    public string ForwardedBy { get; init; } = "";

    /// <summary>Log-in at the ACS.</summary>
    public AcsCredentialOptions Credentials { get; init; } = new();

    /// <summary>TLS towards the ACS.</summary>
    public AcsTlsOptions Tls { get; init; } = new();
}

/// <summary>How the gateway logs in at the ACS.</summary>
public sealed record AcsCredentialOptions
{
    /// <summary>As whom. The default value is service-account where <see cref="User"/> is given, else none.</summary>
    public AcsCredentialMode? Mode { get; init; }

    /// <summary><see cref="Mode"/>, or what follows from <see cref="User"/>.</summary>
    internal AcsCredentialMode EffectiveMode => Mode ?? (User.Length > 0 ? AcsCredentialMode.ServiceAccount : AcsCredentialMode.None);

    /// <summary>Service account user; empty sends no credential.</summary>
    public string User { get; init; } = "";

    /// <summary>File whose first line is the service account's password.</summary>
    public string PasswordFile { get; init; } = "";
}

/// <summary>As whom the gateway logs in at the ACS.</summary>
public enum AcsCredentialMode
{
    /// <summary>As nobody.</summary>
    None = 0,

    /// <summary>As itself, with one user for all devices.</summary>
    ServiceAccount,

    /// <summary>As each session's device, with the registry's secret of it.</summary>
    Device,
}

/// <summary>TLS towards an https ACS.</summary>
public sealed record AcsTlsOptions
{
    /// <summary>PEM bundle of roots that the ACS's certificate must chain to. Required for an https destination unless pinned.</summary>
    public string CaPath { get; init; } = "";

    /// <summary>SHA-256 of the ACS certificate's SubjectPublicKeyInfo in hex; the host name is checked as well.</summary>
    public string PinSha256 { get; init; } = "";

    /// <summary>Client certificate shown to the ACS.</summary>
    public CertificateOptions ClientCertificate { get; init; } = new();
}
