using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>Writes OCSP responses, good ones and odd ones.</summary>
internal sealed record TestResponse(TestAuthority Authority, OcspQuestion Question)
{
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    public byte ResponseStatus { get; init; }

    public OcspStatus Status { get; init; } = OcspStatus.Good;

    public DateTimeOffset ThisUpdate { get; init; } = TestAuthority.Now.AddMinutes(-1);

    public DateTimeOffset? NextUpdate { get; init; } = TestAuthority.Now.AddHours(1);

    /// <summary>The nonce to repeat; null for none.</summary>
    public byte[]? Nonce { get; init; } = Question.Nonce.ToArray();

    public bool IsNonceWrapped { get; init; } = true;

    /// <summary>The certificate that the response tells of, another than was asked for.</summary>
    public CertificateSerial? Serial { get; init; }

    /// <summary>How often it tells.</summary>
    public int Times { get; init; } = 1;

    public ECDsa? Signer { get; init; }

    /// <summary>Names the signer by its name; null names it by its key.</summary>
    public byte[]? ResponderName { get; init; }

    /// <summary>A delegate, whose certificate comes with the response.</summary>
    public X509Certificate2? Delegate { get; init; }

    public (string Oid, bool IsCritical)? Extension { get; init; }

    public string Algorithm { get; init; } = TestAuthority.Sha256Ecdsa;

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public byte[] ToDer() => TestList.Der(writer =>
    {
        using var response = writer.PushSequence();
        writer.WriteEnumeratedValue((ResponseCode)ResponseStatus);
        if (ResponseStatus != 0)
        {
            return;
        }

        using var outer = writer.PushSequence(Context(0));
        using var bytes = writer.PushSequence();
        writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
        writer.WriteOctetString(Basic());
    });

    private byte[] Basic()
    {
        var content = Content();
        return TestList.Der(writer =>
        {
            using var basic = writer.PushSequence();
            writer.WriteEncodedValue(content);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Algorithm);
            }

            writer.WriteBitString((Signer ?? Authority.Key).SignData(content, Hash, DSASignatureFormat.Rfc3279DerSequence));
            if (Delegate is not null)
            {
                using var outer = writer.PushSequence(Context(0));
                using var certificates = writer.PushSequence();
                writer.WriteEncodedValue(Delegate.RawData);
            }
        });
    }

    private byte[] Content() => TestList.Der(writer =>
    {
        using var data = writer.PushSequence();
        WriteResponder(writer);
        writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
        using (writer.PushSequence())
        {
            for (var i = 0; i < Times; i++)
            {
                WriteSingle(writer);
            }
        }

        if (Nonce is not null || Extension is not null)
        {
            using var outer = writer.PushSequence(Context(1));
            using var extensions = writer.PushSequence();
            if (Nonce is { } nonce)
            {
                TestList.WriteExtension(writer, NonceOid, false, IsNonceWrapped ? TestList.Der(inner => inner.WriteOctetString(nonce)) : nonce);
            }

            if (Extension is { } other)
            {
                TestList.WriteExtension(writer, other.Oid, other.IsCritical, [0x05, 0x00]);
            }
        }
    });

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "OCSP names keys so.")]
    private void WriteResponder(AsnWriter writer)
    {
        using var responder = writer.PushSequence(Context(ResponderName is null ? 2 : 1));
        if (ResponderName is { } name)
        {
            writer.WriteEncodedValue(name);
        }
        else
        {
            writer.WriteOctetString(SHA1.HashData((Delegate ?? Authority.Certificate).PublicKey.EncodedKeyValue.RawData));
        }
    }

    private void WriteSingle(AsnWriter writer)
    {
        using var single = writer.PushSequence();
        OcspCertificateId.Of(Question.Issuer, Serial ?? Question.Serial, useSha256: false).Write(writer);
        if (Status == OcspStatus.Revoked)
        {
            using var revoked = writer.PushSequence(Context(1));
            writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
        }
        else
        {
            writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, Status == OcspStatus.Good ? 0 : 2));
        }

        writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
        if (NextUpdate is { } next)
        {
            using var outer = writer.PushSequence(Context(0));
            writer.WriteGeneralizedTime(next, omitFractionalSeconds: true);
        }
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    private enum ResponseCode
    {
        Successful = 0,
    }
}
