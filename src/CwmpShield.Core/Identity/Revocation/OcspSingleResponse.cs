using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What a response tells of one certificate (RFC 6960, 4.2.1).</summary>
/// <param name="CertificateId">Which.</param>
/// <param name="Answer">Status and times.</param>
/// <param name="HasUnknownCritical">Whether a critical extension stands beside it.</param>
internal sealed record OcspSingleResponse(OcspCertificateId CertificateId, OcspAnswer Answer, bool HasUnknownCritical)
{
    private static readonly Asn1Tag Good = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Revoked = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Unknown = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag NextUpdateTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Reads it; throws <see cref="AsnContentException"/> for anything else.</summary>
    public static OcspSingleResponse Read(AsnReader response)
    {
        var certificateId = OcspCertificateId.Read(response);
        var status = ReadStatus(response);
        var thisUpdate = response.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate = null;
        if (response.HasData && response.PeekTag() == NextUpdateTag)
        {
            nextUpdate = response.ReadSequence(NextUpdateTag).ReadGeneralizedTime();
        }

        var hasCritical = false;
        if (response.HasData)
        {
            hasCritical = OcspExtensions.Read(response.ReadSequence(ExtensionsTag).ReadSequence()).HasUnknownCritical;
        }

        response.ThrowIfNotEmpty();
        return new(certificateId, new(status, thisUpdate, nextUpdate), hasCritical);
    }

    private static OcspStatus ReadStatus(AsnReader response)
    {
        var tag = response.PeekTag();
        if (tag == Good)
        {
            response.ReadNull(Good);
            return OcspStatus.Good;
        }

        if (tag == Unknown)
        {
            response.ReadNull(Unknown);
            return OcspStatus.Unknown;
        }

        response.ReadSequence(Revoked).ReadGeneralizedTime();
        return OcspStatus.Revoked;
    }
}
