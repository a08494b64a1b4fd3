using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>
/// Finds out who signed a response: the issuer itself, or a responder to which that very issuer has delegated (RFC 6960,
/// 4.2.2.2). Nobody else counts, whatever certificates the response brings along.
/// </summary>
internal static class OcspResponder
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const string NoCheck = "1.3.6.1.5.5.7.48.1.5";

    /// <summary>An empty word when the signature counts, else a <see cref="RevocationReason"/>.</summary>
    public static string Judge(OcspResponse response, OcspRules rules, IssuingAuthority issuer, DateTimeOffset now)
    {
        if (!SignatureScheme.TryRead(response.Signed.Algorithm, out var scheme) || !rules.Policy.Accepts(scheme))
        {
            return RevocationReason.OcspAlgorithmWeak;
        }

        if (IsNamed(response, issuer.Name.Span, issuer.Key) && rules.Policy.Accepts(issuer.Key) && issuer.Signed(response.Signed, scheme))
        {
            return "";
        }

        var reason = RevocationReason.OcspSignerUnknown;
        foreach (var der in response.Certificates)
        {
            if (Load(der) is not { } certificate)
            {
                continue;
            }

            using (certificate)
            {
                if (!IsNamed(response, certificate.SubjectName.RawData, certificate.PublicKey) || !IsDelegate(certificate, rules.Policy, issuer, now))
                {
                    continue;
                }

                reason = JudgeDelegate(response, scheme, certificate, rules);
                if (reason.Length == 0)
                {
                    break;
                }
            }
        }

        return reason;
    }

    private static string JudgeDelegate(OcspResponse response, SignatureScheme scheme, X509Certificate2 certificate, OcspRules rules)
    {
        if (!rules.Policy.Accepts(certificate.PublicKey))
        {
            return RevocationReason.OcspAlgorithmWeak;
        }

        var isExempt = certificate.Extensions.Any(x => string.Equals(x.Oid?.Value, NoCheck, StringComparison.Ordinal));
        if (!isExempt && (!CertificateLink.TryRead(certificate, out var link) || rules.IsRevoked(link!)))
        {
            return RevocationReason.OcspSignerRevoked;
        }

        return response.Signed.IsSignedBy(certificate.PublicKey, scheme) ? "" : RevocationReason.OcspSignatureInvalid;
    }

    private static bool IsDelegate(X509Certificate2 certificate, CertificatePolicy policy, IssuingAuthority issuer, DateTimeOffset now) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.Name.Span)
        && IsSigned(certificate, policy, issuer)
        && certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime + RevocationListReader.ClockSkew
        && certificate.NotAfter.ToUniversalTime() >= now.UtcDateTime
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(MaySign);

    private static bool MaySign(X509EnhancedKeyUsageExtension usage) =>
        usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => string.Equals(oid.Value, OcspSigning, StringComparison.Ordinal));

    private static bool IsSigned(X509Certificate2 certificate, CertificatePolicy policy, IssuingAuthority issuer)
    {
        var signed = SignedStructure.Read(certificate.RawDataMemory);
        return SignatureScheme.TryRead(signed.Algorithm, out var scheme) && policy.Accepts(scheme) && issuer.Signed(signed, scheme);
    }

    [SuppressMessage("Security", "CA5350", Justification = "OCSP's name of a key; nothing rests on its strength.")]
    private static bool IsNamed(OcspResponse response, ReadOnlySpan<byte> name, PublicKey key) => response.ResponderName.IsEmpty
        ? response.ResponderKeyHash.Span.SequenceEqual(SHA1.HashData(key.EncodedKeyValue.RawData))
        : response.ResponderName.Span.SequenceEqual(name);

    private static X509Certificate2? Load(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
