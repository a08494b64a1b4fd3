using System.Numerics;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>A certificate revocation list whose signature has been verified. Immutable; asking it allocates nothing.</summary>
public sealed class RevocationList
{
    private readonly CertificateSerial[] serials;

    /// <summary>Takes the serials over and sorts them.</summary>
    internal RevocationList(RevocationListHead head, RevocationScope scope, BigInteger? number, CertificateSerial[] serials)
    {
        (Issuer, ThisUpdate, NextUpdate) = (head.Issuer, head.ThisUpdate, head.NextUpdate);
        (Scope, Number, this.serials) = (scope, number, serials);
        Array.Sort(serials);
    }

    /// <summary>Whose certificates it tells of.</summary>
    public IssuerName Issuer { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one comes at the latest.</summary>
    public DateTimeOffset NextUpdate { get; }

    /// <summary>Which of its issuer's certificates it tells of.</summary>
    public RevocationScope Scope { get; }

    /// <summary>CRL number, null when the list has none.</summary>
    public BigInteger? Number { get; }

    /// <summary>Revoked certificates.</summary>
    public int Count => serials.Length;

    /// <summary>Whether the certificate with this serial number is revoked.</summary>
    public bool Contains(CertificateSerial serial) => Array.BinarySearch(serials, serial) >= 0;

    /// <summary>Whether both tell of the same certificates, so that the later one counts.</summary>
    public bool IsSameKind(RevocationList other) => Issuer == other.Issuer && Scope.IsSame(other.Scope);

    /// <summary>Whether <paramref name="other"/>, of the same kind, is the later one.</summary>
    public bool IsOlderThan(RevocationList other) => Number is { } own && other.Number is { } others && own != others
        ? own < others
        : ThisUpdate < other.ThisUpdate;
}
