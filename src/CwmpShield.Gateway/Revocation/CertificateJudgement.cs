using System.Runtime.InteropServices;

namespace CwmpShield.Gateway.Revocation;

/// <summary>What becomes of a connection's certificate.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">
/// A <see cref="Core.Identity.Revocation.CertificateReason"/>; beside an accepted certificate it says what policy passed over,
/// and is empty when nothing.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CertificateJudgement(CertificateVerdict Verdict, string Reason)
{
    /// <summary>Nothing stands against it.</summary>
    public static CertificateJudgement Good { get; } = new(CertificateVerdict.Accepted, "");
}

/// <summary>Whether a certificate speaks for its holder.</summary>
internal enum CertificateVerdict
{
    /// <summary>It does not.</summary>
    Refused = 0,

    /// <summary>It cannot be said now.</summary>
    Unavailable,

    /// <summary>It does.</summary>
    Accepted,
}
