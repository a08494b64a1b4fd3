using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Revocation;

/// <summary>A certificate that a device has presented.</summary>
public sealed record PresentedCertificate
{
    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>SHA-256 of its key, lower-case hex.</summary>
    public required string SpkiSha256 { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Issuer.</summary>
    public required string Issuer { get; init; }

    /// <summary>Serial number, upper-case hex.</summary>
    public required string Serial { get; init; }

    /// <summary>Kind and size of the key.</summary>
    public required string Key { get; init; }

    /// <summary>Start of validity.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>End of validity.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Where it was presented last.</summary>
    public required string Listener { get; init; }

    /// <summary>When it was presented first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was presented last, to the hour.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The device that its key is bound to, null when none.</summary>
    public required DeviceId? Device { get; init; }
}
