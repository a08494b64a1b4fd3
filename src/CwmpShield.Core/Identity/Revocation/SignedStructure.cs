using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>The shape that certificates, lists and OCSP responses share: what is signed, how, and the signature.</summary>
/// <param name="Content">The signed encoding, its own tag and length included.</param>
/// <param name="Algorithm">The AlgorithmIdentifier beside the signature.</param>
/// <param name="Signature">The signature's octets.</param>
/// <param name="Rest">What follows the signature; nothing in certificates and lists.</param>
internal sealed record SignedStructure(
    ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Algorithm, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Rest)
{
    /// <summary>Reads it; throws <see cref="AsnContentException"/> for anything else.</summary>
    public static SignedStructure Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var content = reader.ReadEncodedValue();
        var algorithm = reader.ReadEncodedValue();
        if (!reader.TryReadPrimitiveBitString(out var unused, out var signature) || unused != 0)
        {
            throw new AsnContentException();
        }

        return new(content, algorithm, signature, reader.HasData ? reader.ReadEncodedValue() : default);
    }

    /// <summary>Whether <paramref name="key"/> signed it by <paramref name="scheme"/>.</summary>
    public bool IsSignedBy(PublicKey key, SignatureScheme scheme) => scheme.Verifies(key, Content.Span, Signature.Span);
}
