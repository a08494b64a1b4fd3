using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Listening;

/// <summary>Reads what the gateway keeps of a client certificate.</summary>
public static class CertificateFactsReader
{
    private const string CommonName = "2.5.4.3";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int Rfc822Name = 1;
    private const int DnsName = 2;
    private const int Uri = 6;

    /// <summary>The facts of <paramref name="certificate"/>; false when its subject or alternative names cannot be read.</summary>
    public static bool TryRead(X509Certificate2 certificate, out CertificateFacts? facts)
    {
        try
        {
            facts = new CertificateFacts(
                Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())),
                CommonNames(certificate.SubjectName.RawData),
                AlternativeNames(certificate.Extensions),
                certificate.SerialNumber,
                new DateTimeOffset(certificate.NotBefore),
                new DateTimeOffset(certificate.NotAfter));
            return true;
        }
        catch (Exception broken) when (broken is AsnContentException or CryptographicException)
        {
            facts = null;
            return false;
        }
    }

    /// <summary>Every CN of a Name (RFC 5280, 4.1.2.4), those inside a multi-valued part too: no CN may hide behind another.</summary>
    private static List<string> CommonNames(byte[] name)
    {
        var names = new List<string>();
        var parts = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
        while (parts.HasData)
        {
            var values = parts.ReadSetOf(skipSortOrderValidation: true);
            while (values.HasData)
            {
                var pair = values.ReadSequence();
                if (pair.ReadObjectIdentifier() is CommonName)
                {
                    names.Add(ReadText(pair));
                }
            }
        }

        return names;
    }

    private static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        return reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
    }

    private static List<string> AlternativeNames(X509ExtensionCollection extensions)
    {
        var names = new List<string>();
        foreach (var extension in extensions.Where(extension => extension.Oid?.Value is SubjectAlternativeName))
        {
            var entries = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (entries.HasData)
            {
                var tag = entries.PeekTag();
                if (tag is { TagClass: TagClass.ContextSpecific, TagValue: Rfc822Name or DnsName or Uri })
                {
                    names.Add(entries.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    entries.ReadEncodedValue();
                }
            }
        }

        return names;
    }
}
