using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What a responder says of a certificate, its signature verified.</summary>
/// <param name="Status">The verdict.</param>
/// <param name="ThisUpdate">When it was known to be so.</param>
/// <param name="NextUpdate">Until when it counts; null when the responder doesn't say.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OcspAnswer(OcspStatus Status, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate);

/// <summary>An OCSP certificate status (RFC 6960, 2.2).</summary>
public enum OcspStatus
{
    /// <summary>The responder doesn't know the certificate.</summary>
    Unknown = 0,

    /// <summary>Revoked, or on hold.</summary>
    Revoked,

    /// <summary>Not revoked.</summary>
    Good,
}
