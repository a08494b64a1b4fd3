namespace CwmpShield.Gateway.Configuration;

/// <summary>
/// Where a listener learns which device certificates are revoked. Files and addresses are given here and nowhere else: what a
/// certificate itself names is never followed. Without any source nothing is checked.
/// </summary>
public sealed record RevocationOptions
{
    /// <summary>Revocation lists, DER or PEM, of the authorities in the listener's bundle. Looked at every 2 seconds.</summary>
    public IReadOnlyList<string> CrlFiles { get; init; } = [];

    /// <summary>http or https addresses of such lists; fetched in the background.</summary>
    public IReadOnlyList<string> CrlUrls { get; init; } = [];

    /// <summary>http or https address of the OCSP responder; asked in the background, never during a handshake. Empty for none.</summary>
    public string OcspUrl { get; init; } = "";

    /// <summary>What happens when nothing tells whether a certificate is revoked. The default value is hard-fail.</summary>
    public RevocationMode Mode { get; init; } = RevocationMode.HardFail;

    /// <summary>How long past its next update a list or response still counts. The default value is 1 hour.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often addresses are fetched and OCSP answers renewed. The default value is 15 minutes.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Bytes of the largest list. The default value is 128 MiB.</summary>
    public int MaxCrlBytes { get; init; } = 128 << 20;

    /// <summary>Whether authorities below a root must be covered by a list too; a revoked one is refused in any case. The default value is false.</summary>
    public bool RequireForAuthorities { get; init; }

    /// <summary>Whether an OCSP response without the nonce is refused; one with another nonce always is. The default value is false.</summary>
    public bool RequireOcspNonce { get; init; }

    /// <summary>Whether the issuer is named to the responder by SHA-256 instead of SHA-1. The default value is false: few responders know it.</summary>
    public bool UseOcspSha256 { get; init; }

    /// <summary>How long an OCSP response counts that doesn't say when the next one comes. The default value is 1 hour.</summary>
    public TimeSpan OcspMaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>OCSP answers held at one time. The default value is 250,000.</summary>
    public int MaxOcspAnswers { get; init; } = 250_000;

    /// <summary>Whether anything is checked at all.</summary>
    internal bool HasSource => CrlFiles.Count > 0 || CrlUrls.Count > 0 || OcspUrl.Length > 0;
}

/// <summary>What happens when nothing tells whether a certificate is revoked. A revoked one is refused either way.</summary>
public enum RevocationMode
{
    /// <summary>The device gets 503 with Retry-After until something tells.</summary>
    HardFail = 0,

    /// <summary>The device is let in, and counted.</summary>
    SoftFail,
}
