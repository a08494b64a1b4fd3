namespace CwmpShield.Gateway.Configuration;

/// <summary>The management listener: metrics, health and the console.</summary>
public sealed record ManagementOptions
{
    /// <summary>Address to bind; beyond loopback only with a certificate and names. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 for any free one. The default value is 9547.</summary>
    public int Port { get; init; } = 9547;

    /// <summary>Server certificate; without one the listener speaks plain HTTP, on loopback alone.</summary>
    public CertificateOptions Certificate { get; init; } = new();

    /// <summary>Names by which browsers and scrapers call it, without port. On loopback, its loopback names are known beside these.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Whether <c>/metrics</c> and <c>/readyz</c> ask whoever is on this machine for nothing; beyond loopback they always ask for a sign-in or a
    /// token. The default value is true; false where a proxy on this machine makes the listener reachable from elsewhere.
    /// </summary>
    public bool OpenOnLoopback { get; init; } = true;

    /// <summary>How long a signed-in browser may send nothing. The default value is 30 minutes.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a sign-in holds at most. The default value is 12 hours.</summary>
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether a held order is released only by another operator than the one who proposed it. The default value is false.</summary>
    public bool TwoPersonRelease { get; init; }

    /// <summary>Whether it has TLS.</summary>
    internal bool HasTls => Certificate.Path.Length > 0;

    /// <summary>Whether metrics and readiness ask for nothing.</summary>
    internal bool IsOpen => IsLocal && OpenOnLoopback;

    /// <summary>Whether only this machine reaches it.</summary>
    internal bool IsLocal => System.Net.IPAddress.TryParse(Address, out var address) && System.Net.IPAddress.IsLoopback(address);
}
