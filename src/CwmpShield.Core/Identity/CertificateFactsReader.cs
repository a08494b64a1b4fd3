using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity;

/// <summary>
/// Reads what identity rests on out of a client certificate. Names that two readers could take for different ones (embedded
/// NUL, control characters, wildcards, several CNs) are refused, whatever they say.
/// </summary>
public static class CertificateFactsReader
{
    private const string CommonNameOid = "2.5.4.3";
    private const string AlternativeNameOid = "2.5.29.17";
    private const int MaxNames = 32;

    private static readonly Asn1Tag Rfc822Name = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads <paramref name="certificate"/>; on false <paramref name="reason"/> is an <see cref="IdentityReason"/>.</summary>
    public static bool TryRead(X509Certificate2 certificate, out CertificateFacts? facts, out string reason)
    {
        facts = null;
        reason = IdentityReason.CertificateUnreadable;
        try
        {
            var commonNames = CommonNames(certificate.SubjectName.RawData);
            var alternativeNames = AlternativeNames(certificate);
            var read = new CertificateFacts(
                Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())),
                commonNames,
                alternativeNames,
                certificate.SerialNumber,
                new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
                new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
            if (!read.HasPlainNames)
            {
                reason = IdentityReason.CertificateNameInvalid;
                return false;
            }

            facts = read;
            reason = "";
            return true;
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static List<string> CommonNames(byte[] subject)
    {
        var names = new List<string>();
        var sequence = new AsnReader(subject, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                if (string.Equals(attribute.ReadObjectIdentifier(), CommonNameOid, StringComparison.Ordinal))
                {
                    names.Add(attribute.ReadCharacterString(StringType(attribute.PeekTag())));
                }
            }
        }

        return names;
    }

    private static UniversalTagNumber StringType(Asn1Tag tag)
    {
        var type = (UniversalTagNumber)tag.TagValue;
        return tag.TagClass == TagClass.Universal && type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString
            or UniversalTagNumber.NumericString
            ? type
            : throw new AsnContentException();
    }

    private static List<string> AlternativeNames(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.Where(x => string.Equals(x.Oid?.Value, AlternativeNameOid, StringComparison.Ordinal)))
        {
            var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                var tag = sequence.PeekTag();
                if (tag.HasSameClassAndValue(DnsName) || tag.HasSameClassAndValue(UriName) || tag.HasSameClassAndValue(Rfc822Name))
                {
                    names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    sequence.ReadEncodedValue();
                }

                if (names.Count > MaxNames)
                {
                    throw new CryptographicException();
                }
            }
        }

        return names;
    }
}
