using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>
/// The name of a certificate in OCSP (CertID: RFC 6960, 4.1.1). Whether a responder writes the hash's parameters as NULL or
/// leaves them out makes no difference.
/// </summary>
/// <param name="Hash">Object identifier of the hash.</param>
/// <param name="NameHash">Hash of the issuer's name, hex.</param>
/// <param name="KeyHash">Hash of the issuer's key, hex.</param>
/// <param name="Serial">The certificate's number.</param>
internal sealed record OcspCertificateId(string Hash, string NameHash, string KeyHash, CertificateSerial Serial)
{
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    /// <summary>Names the certificate that <paramref name="issuer"/> gave <paramref name="serial"/>.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "OCSP's name of an issuer; nothing rests on its strength.")]
    public static OcspCertificateId Of(IssuingAuthority issuer, CertificateSerial serial, bool useSha256)
    {
        var name = useSha256 ? SHA256.HashData(issuer.Name.Span) : SHA1.HashData(issuer.Name.Span);
        var key = useSha256 ? SHA256.HashData(issuer.Key.EncodedKeyValue.RawData) : issuer.KeyHash();
        return new(useSha256 ? Sha256Oid : Sha1Oid, Convert.ToHexString(name), Convert.ToHexString(key), serial);
    }

    /// <summary>Reads one; throws <see cref="AsnContentException"/> for anything else.</summary>
    public static OcspCertificateId Read(AsnReader holder)
    {
        var reader = holder.ReadSequence();
        var hash = reader.ReadSequence().ReadObjectIdentifier();
        var name = Convert.ToHexString(reader.ReadOctetString());
        var key = Convert.ToHexString(reader.ReadOctetString());
        return CertificateSerial.TryRead(reader.ReadIntegerBytes().Span, out var serial)
            ? new(hash, name, key, serial)
            : throw new AsnContentException();
    }

    /// <summary>Writes it.</summary>
    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Hash);
                writer.WriteNull();
            }

            writer.WriteOctetString(Convert.FromHexString(NameHash));
            writer.WriteOctetString(Convert.FromHexString(KeyHash));
            writer.WriteInteger(Serial.ToOctets());
        }
    }
}
