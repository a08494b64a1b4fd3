using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>A list up to its entries (RFC 5280, 5.1.2): what must be known before its signature can be checked.</summary>
/// <param name="Signed">The list with its signature.</param>
/// <param name="InnerAlgorithm">The AlgorithmIdentifier inside the signed part.</param>
/// <param name="IssuerDer">DER of the issuer's name.</param>
/// <param name="ThisUpdate">When it was made.</param>
/// <param name="NextUpdate">When the next one comes; the largest value when the list doesn't say.</param>
/// <param name="Entries">Encoded revokedCertificates, empty when there are none.</param>
/// <param name="Extensions">Content of crlExtensions, empty when there are none.</param>
internal sealed record RevocationListHead(
    SignedStructure Signed,
    ReadOnlyMemory<byte> InnerAlgorithm,
    ReadOnlyMemory<byte> IssuerDer,
    DateTimeOffset ThisUpdate,
    DateTimeOffset NextUpdate,
    ReadOnlyMemory<byte> Entries,
    ReadOnlyMemory<byte> Extensions)
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The issuer.</summary>
    public IssuerName Issuer { get; } = IssuerName.Of(IssuerDer.Span);

    /// <summary>Reads it; throws <see cref="AsnContentException"/> for anything else.</summary>
    public static RevocationListHead Read(ReadOnlyMemory<byte> der)
    {
        var signed = SignedStructure.Read(der);
        var reader = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (!signed.Rest.IsEmpty || (reader.PeekTag() == Asn1Tag.Integer && reader.ReadInteger() != 1))
        {
            throw new AsnContentException();
        }

        var algorithm = reader.ReadEncodedValue();
        var issuer = reader.ReadEncodedValue();
        var thisUpdate = ReadTime(reader);
        var nextUpdate = IsTime(reader) ? ReadTime(reader) : DateTimeOffset.MaxValue;
        var entries = reader.HasData && reader.PeekTag() == Asn1Tag.Sequence ? reader.ReadEncodedValue() : default;
        var extensions = reader.HasData ? reader.ReadSequence(ExtensionsTag).ReadEncodedValue() : default;
        reader.ThrowIfNotEmpty();
        return new(signed, algorithm, issuer, thisUpdate, nextUpdate, entries, extensions);
    }

    /// <summary>A Time: UTCTime or GeneralizedTime.</summary>
    internal static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool IsTime(AsnReader reader) =>
        reader.HasData && (reader.PeekTag() == Asn1Tag.UtcTime || reader.PeekTag() == Asn1Tag.GeneralizedTime);
}
