using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>Detached CMS/PKCS#7 signatures (RFC 5652) with RSA, RSA-PSS or ECDSA over SHA-256, SHA-384 or SHA-512.</summary>
internal static class CmsSignature
{
    private const int MaxSigners = 16;
    private static readonly string[] Digests = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <summary>Each pinned signer whose signature is in it, with the reason why it does not count (empty when it does); one entry without a signer for each signature of somebody else.</summary>
    public static IReadOnlyList<(PinnedSigner? Signer, string Reason)> Verify(byte[] data, byte[] cms, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        var message = new SignedCms(new ContentInfo(data), detached: true);
        try
        {
            message.Decode(cms);

            // A message that brings its content along is checked against that content: it must be the data and nothing else.
            return !message.Detached || !message.ContentInfo.Content.AsSpan().SequenceEqual(data) || message.SignerInfos.Count > MaxSigners
                ? [(null, SignerReason.Unreadable)]
                : [.. message.SignerInfos.Cast<SignerInfo>().Select(info => One(info, signers, now))];
        }
        catch (Exception problem) when (IsOfInput(problem))
        {
            return [(null, SignerReason.Unreadable)];
        }
    }

    /// <summary>What the base library says of structures and certificates that are none.</summary>
    private static bool IsOfInput(Exception problem) =>
        problem is CryptographicException or ArgumentException or InvalidOperationException or FormatException or NotSupportedException or OverflowException;

    private static (PinnedSigner? Signer, string Reason) One(SignerInfo info, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        var signer = signers.FirstOrDefault(s => info.Certificate is { } certificate ? s.Is(certificate) : IsNamed(info, s));
        return signer is null ? (null, SignerReason.NotPinned)
            : !Digests.Contains(info.DigestAlgorithm.Value, StringComparer.Ordinal) ? (signer, SignerReason.Unreadable)
            : !IsGood(info, signer) ? (signer, SignerReason.Bad)
            : (signer, signer.ReasonAgainst(now));
    }

    /// <summary>A message without certificates names its signer by issuer and serial number, or by key identifier.</summary>
    private static bool IsNamed(SignerInfo info, PinnedSigner signer) => signer.Certificate is { } certificate && info.SignerIdentifier switch
    {
        { Type: SubjectIdentifierType.IssuerAndSerialNumber, Value: System.Security.Cryptography.Xml.X509IssuerSerial id } =>
            id.SerialNumber == certificate.SerialNumber && id.IssuerName == certificate.Issuer,
        { Type: SubjectIdentifierType.SubjectKeyIdentifier, Value: string ski } =>
            certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any(e => e.SubjectKeyIdentifier == ski),
        _ => false,
    };

    private static bool IsGood(SignerInfo info, PinnedSigner signer)
    {
        try
        {
            info.CheckSignature(signer.Certificate is { } pinned ? [pinned] : [], verifySignatureOnly: true);
            return true;
        }
        catch (Exception problem) when (IsOfInput(problem))
        {
            return false;
        }
    }
}
