using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What an OCSP responder is asked: one certificate, with a nonce (RFC 6960, 4.1).</summary>
public sealed class OcspQuestion
{
    /// <summary>Octets of a nonce: RFC 9654 recommends 32.</summary>
    public const int NonceOctets = 32;

    internal const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>Asks for the certificate that <paramref name="issuer"/> gave <paramref name="serial"/>.</summary>
    /// <param name="issuer">The issuing authority.</param>
    /// <param name="serial">The certificate's number.</param>
    /// <param name="nonce">Random octets, empty to send none.</param>
    /// <param name="useSha256">
    /// Whether the issuer is named by SHA-256. Most responders index by SHA-1, which here is a name and protects nothing.
    /// </param>
    public OcspQuestion(IssuingAuthority issuer, CertificateSerial serial, ReadOnlyMemory<byte> nonce, bool useSha256 = false)
    {
        (Issuer, Serial, Nonce) = (issuer, serial, nonce);
        CertificateId = OcspCertificateId.Of(issuer, serial, useSha256);
    }

    /// <summary>Who issued the certificate.</summary>
    public IssuingAuthority Issuer { get; }

    /// <summary>Its number.</summary>
    public CertificateSerial Serial { get; }

    /// <summary>What a response must repeat; empty when none is sent.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>The certificate's name.</summary>
    internal OcspCertificateId CertificateId { get; }

    /// <summary>DER of the OCSPRequest.</summary>
    public byte[] ToRequest()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                CertificateId.Write(writer);
            }

            if (!Nonce.IsEmpty)
            {
                WriteNonce(writer);
            }
        }

        return writer.Encode();
    }

    private void WriteNonce(AsnWriter writer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(NonceOid);
            using (writer.PushOctetString())
            {
                writer.WriteOctetString(Nonce.Span);
            }
        }
    }
}
