using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>A basic OCSP response as read (RFC 6960, 4.2.1); nothing of it is believed yet.</summary>
/// <param name="Signed">What is signed, and the signature.</param>
/// <param name="ResponderName">DER of the responder's name; empty when it is named by its key.</param>
/// <param name="ResponderKeyHash">SHA-1 of the responder's key; empty when it is named by its name.</param>
/// <param name="Responses">What it tells, certificate by certificate.</param>
/// <param name="Extensions">Nonce and others.</param>
/// <param name="Certificates">DER of the certificates that came with it.</param>
internal sealed record OcspResponse(
    SignedStructure Signed,
    ReadOnlyMemory<byte> ResponderName,
    ReadOnlyMemory<byte> ResponderKeyHash,
    IReadOnlyList<OcspSingleResponse> Responses,
    OcspExtensions Extensions,
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates)
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const int MaxParts = 8;
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2, isConstructed: true);

    /// <summary>
    /// Reads it; null when the responder answers with an error status. Throws <see cref="AsnContentException"/> for anything
    /// that is no response.
    /// </summary>
    public static OcspResponse? Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (reader.ReadEnumeratedBytes().Span is not [0])
        {
            return null;
        }

        var bytes = reader.ReadSequence(Tag0).ReadSequence();
        if (!string.Equals(bytes.ReadObjectIdentifier(), BasicResponse, StringComparison.Ordinal))
        {
            throw new AsnContentException();
        }

        var signed = SignedStructure.Read(bytes.ReadOctetString());
        var data = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (data.PeekTag() == Tag0)
        {
            // Version 1 is the only one, and DER leaves it out; responders that write it are understood.
            data.ReadSequence(Tag0).ReadInteger();
        }

        var isByName = data.PeekTag() == Tag1;
        var responder = isByName ? data.ReadSequence(Tag1).ReadEncodedValue() : data.ReadSequence(Tag2).ReadOctetString();
        data.ReadGeneralizedTime();
        var responses = ReadAll(data.ReadSequence());
        var extensions = data.HasData ? OcspExtensions.Read(data.ReadSequence(Tag1).ReadSequence()) : OcspExtensions.None;
        data.ThrowIfNotEmpty();
        return new(signed, isByName ? responder : default, isByName ? default : responder, responses, extensions, ReadCertificates(signed.Rest));
    }

    private static List<OcspSingleResponse> ReadAll(AsnReader responses)
    {
        var read = new List<OcspSingleResponse>();
        while (responses.HasData && read.Count < MaxParts)
        {
            read.Add(OcspSingleResponse.Read(responses.ReadSequence()));
        }

        responses.ThrowIfNotEmpty();
        return read;
    }

    private static List<ReadOnlyMemory<byte>> ReadCertificates(ReadOnlyMemory<byte> encoded)
    {
        var read = new List<ReadOnlyMemory<byte>>();
        if (!encoded.IsEmpty)
        {
            var certificates = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence(Tag0).ReadSequence();
            while (certificates.HasData && read.Count < MaxParts)
            {
                read.Add(certificates.ReadEncodedValue());
            }
        }

        return read;
    }
}
