namespace CwmpShield.Core.Identity.Revocation;

/// <summary>The lists in use: the latest of each issuer and scope. Immutable.</summary>
public sealed class RevocationLists
{
    private readonly Dictionary<IssuerName, RevocationList[]> byIssuer;

    private RevocationLists(Dictionary<IssuerName, RevocationList[]> byIssuer) => this.byIssuer = byIssuer;

    /// <summary>None.</summary>
    public static RevocationLists Empty { get; } = new([]);

    /// <summary>Every list.</summary>
    public IEnumerable<RevocationList> All => byIssuer.Values.SelectMany(lists => lists);

    /// <summary>
    /// With <paramref name="list"/> in the place of the one that it follows; null when that one is the later: an old list
    /// would forget what has been revoked since.
    /// </summary>
    public RevocationLists? With(RevocationList list)
    {
        var others = byIssuer.GetValueOrDefault(list.Issuer, []);
        return Array.Exists(others, other => other.IsSameKind(list) && list.IsOlderThan(other))
            ? null
            : new(new(byIssuer) { [list.Issuer] = [.. others.Where(other => !other.IsSameKind(list)), list] });
    }

    /// <summary>With only those of <paramref name="issuers"/>.</summary>
    public RevocationLists Of(IReadOnlySet<IssuerName> issuers) => new(byIssuer.Where(one => issuers.Contains(one.Key)).ToDictionary());

    /// <summary>Whether a list names the certificate, however old that list is.</summary>
    public bool IsRevoked(CertificateLink link)
    {
        foreach (var list in byIssuer.GetValueOrDefault(link.Issuer, []))
        {
            if (list.Contains(link.Serial))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the lists tell of the certificate.</summary>
    /// <param name="link">The certificate.</param>
    /// <param name="now">The time.</param>
    /// <param name="staleAfter">How long past its next update a list still counts.</param>
    public RevocationStanding StandingOf(CertificateLink link, DateTimeOffset now, TimeSpan staleAfter)
    {
        if (IsRevoked(link))
        {
            return RevocationStanding.Revoked;
        }

        var standing = RevocationStanding.Unknown;
        foreach (var list in byIssuer.GetValueOrDefault(link.Issuer, []))
        {
            if (list.Scope.Covers(link))
            {
                if (now <= list.NextUpdate + staleAfter)
                {
                    return RevocationStanding.Good;
                }

                standing = RevocationStanding.Stale;
            }
        }

        return standing;
    }
}

/// <summary>What is known of a certificate's revocation.</summary>
public enum RevocationStanding
{
    /// <summary>Nothing.</summary>
    Unknown = 0,

    /// <summary>It was not revoked, by something that is too old to count.</summary>
    Stale,

    /// <summary>An answer is on its way.</summary>
    Pending,

    /// <summary>It is revoked.</summary>
    Revoked,

    /// <summary>It is not revoked.</summary>
    Good,
}
