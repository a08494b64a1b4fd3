using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Gateway.Configuration;

/// <summary>One door for devices.</summary>
public sealed record ListenerOptions
{
    /// <summary>Name in logs, metrics and errors; unique.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address to bind. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 for any free one. The default value is 7547.</summary>
    public int Port { get; init; } = 7547;

    /// <summary>Request paths that carry CWMP. The default value is <c>/</c> alone.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/"];

    /// <summary>YARP cluster that messages go to. The default value is <c>acs</c>.</summary>
    public string Cluster { get; init; } = "acs";

    /// <summary>Serve plain HTTP (Digest only, strength at most digest without TLS). The default value is false.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>Server certificate; required unless <see cref="AllowPlaintext"/>.</summary>
    public CertificateOptions Certificate { get; init; } = new();

    /// <summary>Whether a device must show a certificate. The default value is require.</summary>
    public ClientCertificatePolicy ClientCertificates { get; init; } = ClientCertificatePolicy.Require;

    /// <summary>PEM bundle of the operator's own roots and intermediates for device certificates; the system store is never used.</summary>
    public string ClientCaPath { get; init; } = "";

    /// <summary>What a device's certificate must be beyond a valid path.</summary>
    public CertificatePolicy CertificatePolicy { get; init; } = new();

    /// <summary>Where revoked certificates are learned from.</summary>
    public RevocationOptions Revocation { get; init; } = new();

    /// <summary>Protocol and suites. The default value is modern.</summary>
    public TlsProfile TlsProfile { get; init; } = TlsProfile.Modern;

    /// <summary>Whether TLS sessions may be resumed. The default value is false.</summary>
    public bool AllowTlsResume { get; init; }

    /// <summary>Whether a PROXY protocol header (v1 or v2) must come before TLS; needs <see cref="TrustedProxies"/>. The default value is false.</summary>
    public bool ProxyProtocol { get; init; }

    /// <summary>Addresses and networks (CIDR) that may send a PROXY header.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Who may speak here.</summary>
    public ListenerIdentityOptions Identity { get; init; } = new();

    /// <summary>What a stranger may cost here.</summary>
    public ListenerLimits Limits { get; init; } = new();
}

/// <summary>A certificate with its key, PEM or PFX.</summary>
public sealed record CertificateOptions
{
    /// <summary>PEM chain or PFX file.</summary>
    public string Path { get; init; } = "";

    /// <summary>PEM key file; empty when the key is in <see cref="Path"/>.</summary>
    public string KeyPath { get; init; } = "";

    /// <summary>File whose first line is the password of the PFX or key; empty when none.</summary>
    public string PasswordFile { get; init; } = "";
}

/// <summary>What a listener asks for in the TLS handshake.</summary>
public enum ClientCertificatePolicy
{
    /// <summary>No certificate, no connection.</summary>
    Require = 0,

    /// <summary>A certificate is asked for, and must be good when shown.</summary>
    Allow,

    /// <summary>No certificate is asked for.</summary>
    None,
}

/// <summary>Protocol versions and cipher suites of a listener.</summary>
public enum TlsProfile
{
    /// <summary>TLS 1.2 and 1.3 with the platform's suites.</summary>
    Modern = 0,

    /// <summary>As modern, and TLS 1.2 suites of old devices, TLS_RSA_WITH_AES_128_CBC_SHA among them.</summary>
    Legacy,
}
