using System.Formats.Asn1;
using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Reads the response to a question and believes it only when everything fits (RFC 6960, 3.2).</summary>
/// <param name="rules">What it must be.</param>
public sealed class OcspResponseReader(OcspRules rules)
{
    /// <summary>Reads <paramref name="der"/>; on false <paramref name="reason"/> is a <see cref="RevocationReason"/>.</summary>
    public bool TryRead(ReadOnlyMemory<byte> der, OcspQuestion question, DateTimeOffset now, out OcspAnswer answer, out string reason)
    {
        answer = default;
        try
        {
            if (OcspResponse.Read(der) is not { } response)
            {
                reason = RevocationReason.OcspError;
                return false;
            }

            reason = Judge(response, question, now, ref answer);
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            reason = RevocationReason.OcspUnreadable;
        }

        return reason.Length == 0;
    }

    private string Judge(OcspResponse response, OcspQuestion question, DateTimeOffset now, ref OcspAnswer answer)
    {
        var found = response.Responses.Where(one => one.CertificateId == question.CertificateId).ToList();
        if (found.Count != 1)
        {
            return RevocationReason.OcspOtherCertificate;
        }

        var reason = JudgeNonce(response.Extensions.Nonce, question.Nonce);
        reason = reason.Length > 0 ? reason : JudgeTimes(found[0].Answer, now);
        if (reason.Length > 0)
        {
            return reason;
        }

        if (response.Extensions.HasUnknownCritical || found[0].HasUnknownCritical)
        {
            return RevocationReason.OcspCriticalExtension;
        }

        reason = OcspResponder.Judge(response, rules, question.Issuer, now);
        answer = reason.Length == 0 ? found[0].Answer : default;
        return reason;
    }

    private string JudgeNonce(ReadOnlyMemory<byte>? nonce, ReadOnlyMemory<byte> sent)
    {
        if (nonce is not { } given)
        {
            return rules.RequireNonce ? RevocationReason.OcspNonceMissing : "";
        }

        return given.Span.SequenceEqual(sent.Span) ? "" : RevocationReason.OcspNonceMismatch;
    }

    private string JudgeTimes(OcspAnswer answer, DateTimeOffset now)
    {
        if (answer.ThisUpdate > now + RevocationListReader.ClockSkew)
        {
            return RevocationReason.OcspNotYetValid;
        }

        return (answer.NextUpdate ?? answer.ThisUpdate + rules.MaxAge) + RevocationListReader.ClockSkew < now ? RevocationReason.OcspStale : "";
    }
}
