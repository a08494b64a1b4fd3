using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// What one listener knows of revoked certificates. Asking it takes a microsecond and no I/O, so it is asked for every
/// request: a revocation reaches connections that are already open. Safe for threads.
/// </summary>
internal sealed class RevocationState
{
    private readonly ListenerOptions listener;
    private readonly Func<ClientCaBundle> bundle;
    private readonly RevocationMetrics metrics;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private volatile RevocationLists lists = RevocationLists.Empty;

    /// <summary>Knows nothing yet.</summary>
    public RevocationState(ListenerOptions listener, Func<ClientCaBundle> bundle, RevocationMetrics metrics, TimeProvider time)
    {
        (this.listener, this.bundle, this.metrics, this.time) = (listener, bundle, metrics, time);
        var options = listener.Revocation;
        Ocsp = options.OcspUrl.Length == 0 ? null : new OcspAnswers(options, time);
        metrics.Watch(listener.Name, this);
    }

    /// <summary>OCSP answers; null where no responder is configured.</summary>
    public OcspAnswers? Ocsp { get; }

    /// <summary>The lists in use.</summary>
    public RevocationLists Lists => lists;

    /// <summary>The authorities that count now.</summary>
    public ClientCaBundle Bundle => bundle();

    /// <summary>Judges a certificate whose path is good.</summary>
    public CertificateJudgement Judge(DeviceCertificate certificate)
    {
        var options = listener.Revocation;
        var (current, now) = (lists, time.GetUtcNow());
        foreach (var link in certificate.Links)
        {
            if (current.IsRevoked(link))
            {
                return new(CertificateVerdict.Refused, CertificateReason.Revoked);
            }
        }

        if (!options.HasSource)
        {
            return CertificateJudgement.Good;
        }

        // A responder is asked even where a list is good: it often knows earlier.
        var standing = current.StandingOf(certificate.Link, now, options.StaleAfter);
        var answer = Ocsp?.StandingOf(certificate, now) ?? RevocationStanding.Unknown;
        if (answer == RevocationStanding.Revoked)
        {
            return new(CertificateVerdict.Refused, CertificateReason.Revoked);
        }

        standing = answer > standing ? answer : standing;
        if (options.RequireForAuthorities && standing == RevocationStanding.Good)
        {
            standing = certificate.Links.Skip(1).Select(link => current.StandingOf(link, now, options.StaleAfter)).Append(standing).Min();
        }

        return ByMode(standing);
    }

    /// <summary>Takes in the lists of a file or answer; an empty word when all of them were.</summary>
    public string Take(ReadOnlyMemory<byte> content)
    {
        var found = RevocationListFile.Split(content);
        var reader = new RevocationListReader(bundle().Authorities, listener.CertificatePolicy);
        var refusal = found.Count == 0 ? RevocationReason.CrlUnreadable : "";
        foreach (var der in found)
        {
            var reason = reader.TryRead(der, time.GetUtcNow(), out var list, out var why) ? Replace(list!) : why;
            refusal = reason.Length > 0 ? reason : refusal;
        }

        metrics.Loaded(listener.Name, refusal);
        return refusal;
    }

    /// <summary>Counts that a file or address gave nothing; what is in use stays. Returns <paramref name="reason"/>.</summary>
    public string Miss(string reason)
    {
        metrics.Loaded(listener.Name, reason);
        return reason;
    }

    /// <summary>Forgets the lists of authorities that have left the bundle.</summary>
    public void KeepAuthorities()
    {
        var issuers = bundle().Authorities.Select(authority => authority.Issuer).ToHashSet();
        lock (gate)
        {
            lists = lists.Of(issuers);
        }
    }

    private string Replace(RevocationList list)
    {
        lock (gate)
        {
            if (lists.With(list) is not { } next)
            {
                return RevocationReason.CrlOlder;
            }

            lists = next;
            return time.GetUtcNow() > list.NextUpdate + listener.Revocation.StaleAfter ? RevocationReason.CrlStale : "";
        }
    }

    private CertificateJudgement ByMode(RevocationStanding standing)
    {
        var reason = standing switch
        {
            RevocationStanding.Good => "",
            RevocationStanding.Pending => CertificateReason.OcspPending,
            RevocationStanding.Stale => CertificateReason.RevocationStale,
            _ => CertificateReason.RevocationUnknown,
        };
        var isAccepted = reason.Length == 0 || listener.Revocation.Mode == RevocationMode.SoftFail;
        return new(isAccepted ? CertificateVerdict.Accepted : CertificateVerdict.Unavailable, reason);
    }
}
