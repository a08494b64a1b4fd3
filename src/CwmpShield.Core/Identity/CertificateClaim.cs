namespace CwmpShield.Core.Identity;

/// <summary>What a verified certificate says of its holder.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Name">The device that it names; null unless <see cref="CertificateKind.Unique"/>.</param>
public sealed record CertificateClaim(CertificateKind Kind, DeviceName? Name)
{
    /// <summary>Reads the claim; on false <paramref name="claim"/> is null and <paramref name="reason"/> an <see cref="IdentityReason"/>.</summary>
    /// <param name="certificate">The certificate, null when none was shown.</param>
    /// <param name="patterns">How certificates name devices here.</param>
    /// <param name="sharedSubjects">Common names of certificates that a class of devices shares.</param>
    /// <param name="claim">What it says.</param>
    /// <param name="reason">Why its names are not taken: they can be read in two ways, or tell of different devices.</param>
    public static bool TryRead(
        CertificateFacts? certificate,
        IReadOnlyList<SubjectPattern> patterns,
        IReadOnlyList<string> sharedSubjects,
        out CertificateClaim? claim,
        out string reason)
    {
        reason = "";
        claim = new CertificateClaim(CertificateKind.None, null);
        if (certificate is null)
        {
            return true;
        }

        if (!certificate.HasPlainNames)
        {
            claim = null;
            reason = IdentityReason.CertificateNameInvalid;
            return false;
        }

        if (certificate.CommonNames.Any(name => sharedSubjects.Contains(name, StringComparer.Ordinal)))
        {
            claim = new CertificateClaim(CertificateKind.Shared, null);
            return true;
        }

        DeviceName? named = null;
        foreach (var name in patterns.SelectMany(pattern => pattern.Match(certificate)))
        {
            named = named is null ? name : named.With(name);
            if (named is null)
            {
                claim = null;
                reason = IdentityReason.CertificateNamesDisagree;
                return false;
            }
        }

        claim = new CertificateClaim(named is null ? CertificateKind.Unnamed : CertificateKind.Unique, named);
        return true;
    }
}

/// <summary>Whose a certificate is.</summary>
public enum CertificateKind
{
    /// <summary>None was shown.</summary>
    None = 0,

    /// <summary>It tells of no device; its key may.</summary>
    Unnamed,

    /// <summary>A class of devices shares it.</summary>
    Shared,

    /// <summary>One device's.</summary>
    Unique,
}
