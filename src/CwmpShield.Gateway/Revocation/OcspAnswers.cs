using System.Collections.Concurrent;
using System.Threading.Channels;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// What the OCSP responder has said, bounded, and what it is to be asked. Only certificates of the operator's own authorities
/// come here. Looking up never waits: an unknown certificate is queued.
/// </summary>
internal sealed class OcspAnswers(RevocationOptions options, TimeProvider time)
{
    private const int MaxQueue = 10_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private readonly BoundedCache<CertificateKey, Entry> entries = new(options.MaxOcspAnswers, TimeSpan.MaxValue, time);
    private readonly ConcurrentDictionary<CertificateKey, bool> asked = [];
    private readonly Channel<DeviceCertificate> queue = Channel.CreateBounded<DeviceCertificate>(MaxQueue);

    /// <summary>Certificates that wait to be asked for.</summary>
    public ChannelReader<DeviceCertificate> Queue => queue.Reader;

    /// <summary>What is known of the certificate; what isn't, or not for long, is asked for.</summary>
    public RevocationStanding StandingOf(DeviceCertificate certificate, DateTimeOffset now)
    {
        if (!entries.TryGet(KeyOf(certificate), out var entry))
        {
            Ask(certificate);
            return RevocationStanding.Pending;
        }

        if (now >= entry.AskAt)
        {
            Ask(certificate);
        }

        return entry.Standing == RevocationStanding.Good && now > entry.GoodUntil + options.StaleAfter ? RevocationStanding.Stale : entry.Standing;
    }

    /// <summary>Takes in an answer; false when an earlier one was made later: somebody plays back an old one.</summary>
    public bool Take(DeviceCertificate certificate, OcspAnswer answer)
    {
        var (key, now) = (KeyOf(certificate), time.GetUtcNow());
        if (entries.TryGet(key, out var earlier) && answer.ThisUpdate < earlier.ThisUpdate)
        {
            Fail(certificate);
            return false;
        }

        var goodUntil = answer.NextUpdate ?? answer.ThisUpdate + options.OcspMaxAge;
        var half = TimeSpan.FromTicks(Math.Max(0, (goodUntil - now).Ticks / 2));
        var wait = answer.Status == OcspStatus.Unknown ? RetryAfter : half < options.RefreshInterval ? half : options.RefreshInterval;
        entries.Set(key, new Entry(StandingOf(answer.Status), answer.ThisUpdate, goodUntil, now + wait));
        asked.TryRemove(key, out _);
        return true;
    }

    /// <summary>The responder could not be asked or not be believed: what was known stays, and it is asked again later.</summary>
    public void Fail(DeviceCertificate certificate)
    {
        var key = KeyOf(certificate);
        var known = entries.TryGet(key, out var earlier) ? earlier : new Entry(RevocationStanding.Pending, default, default, default);
        entries.Set(key, known with { AskAt = time.GetUtcNow() + RetryAfter });
        asked.TryRemove(key, out _);
    }

    private static CertificateKey KeyOf(DeviceCertificate certificate) => new(certificate.Link.Issuer, certificate.Link.Serial);

    private static RevocationStanding StandingOf(OcspStatus status) => status switch
    {
        OcspStatus.Good => RevocationStanding.Good,
        OcspStatus.Revoked => RevocationStanding.Revoked,
        _ => RevocationStanding.Unknown,
    };

    private void Ask(DeviceCertificate certificate)
    {
        var key = KeyOf(certificate);
        if (asked.TryAdd(key, true) && !queue.Writer.TryWrite(certificate))
        {
            // A full queue: the next request of this device tries again.
            asked.TryRemove(key, out _);
        }
    }

    private sealed record CertificateKey(IssuerName Issuer, CertificateSerial Serial);

    private sealed record Entry(RevocationStanding Standing, DateTimeOffset ThisUpdate, DateTimeOffset GoodUntil, DateTimeOffset AskAt);
}
