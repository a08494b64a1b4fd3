using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// Judges the certificates of one listener: in the handshake by path, policy and revocation, and again for every request by all
/// that may have changed since. Neither does any I/O. Paths that were found good are remembered by fingerprint, until the first
/// of their certificates expires or the bundle changes. Safe for threads.
/// </summary>
internal sealed class CertificateDoor(
    ListenerOptions listener, RevocationState revocation, CertificateSightings sightings, RevocationMetrics metrics, TimeProvider time)
{
    private const int MaxKnown = 16_384;
    private static readonly TimeSpan KnownLife = TimeSpan.FromDays(1);
    private readonly BoundedCache<string, DeviceCertificate> known = new(MaxKnown, KnownLife, time);

    /// <summary>
    /// Judges what a client shows in its handshake; an empty word, or why the handshake fails. What cannot be said now does not
    /// fail it: the request is answered 503, which a device understands.
    /// </summary>
    /// <param name="shown">The client's certificate.</param>
    /// <param name="sent">What it sent beside it.</param>
    /// <param name="admitted">The certificate, when the handshake may go on.</param>
    public string Admit(X509Certificate2 shown, IEnumerable<X509Certificate2> sent, out DeviceCertificate? admitted)
    {
        var bundle = revocation.Bundle;
        var reason = "";
        var isKnown = known.TryGet(DeviceCertificate.FingerprintOf(shown), out admitted) && ReferenceEquals(admitted.Bundle, bundle) && IsInTime(admitted);
        if (!isKnown)
        {
            reason = CertificatePath.Judge(shown, sent, bundle, listener.CertificatePolicy, time.GetUtcNow(), out admitted);
            if (admitted is not null)
            {
                known.Set(admitted.Fingerprint, admitted);
            }
        }

        metrics.Validated(listener.Name, isKnown);
        if (admitted is null)
        {
            metrics.Judged(listener.Name, new(CertificateVerdict.Refused, reason));
            return reason;
        }

        var judgement = revocation.Judge(admitted);
        metrics.Judged(listener.Name, judgement);
        sightings.Saw(admitted, listener.Name);
        return judgement.Verdict == CertificateVerdict.Refused ? judgement.Reason : "";
    }

    /// <summary>Judges the certificate of an open connection; it is replaced when a new bundle gives it a new path.</summary>
    public CertificateJudgement Judge(ref DeviceCertificate certificate)
    {
        var judgement = JudgeAgain(ref certificate);
        metrics.Judged(listener.Name, judgement);
        return judgement;
    }

    private CertificateJudgement JudgeAgain(ref DeviceCertificate certificate)
    {
        if (!IsInTime(certificate))
        {
            return new(CertificateVerdict.Refused, CertificateReason.Expired);
        }

        var bundle = revocation.Bundle;
        if (!ReferenceEquals(certificate.Bundle, bundle))
        {
            var path = certificate.Encoded.Select(der => X509CertificateLoader.LoadCertificate(der.Span)).ToList();
            var reason = CertificatePath.Judge(path[0], path.Skip(1), bundle, listener.CertificatePolicy, time.GetUtcNow(), out var again);
            path.ForEach(one => one.Dispose());
            if (again is null)
            {
                return new(CertificateVerdict.Refused, reason);
            }

            certificate = again;
            known.Set(again.Fingerprint, again);
        }

        return revocation.Judge(certificate);
    }

    private bool IsInTime(DeviceCertificate certificate)
    {
        var now = time.GetUtcNow();
        return certificate.NotBefore <= now && now <= certificate.NotAfter;
    }
}
