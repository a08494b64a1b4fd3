using System.Formats.Asn1;
using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Which of its issuer's certificates a list tells of (issuingDistributionPoint: RFC 5280, 5.2.5).</summary>
/// <param name="Kind">All of them, or those of authorities or of others only.</param>
/// <param name="Points">Encoded names of the part that the list is; null when it is the whole.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RevocationScope(RevocationScopeKind Kind, IReadOnlyList<ReadOnlyMemory<byte>>? Points)
{
    private static readonly Asn1Tag OnlyUserCertificates = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag OnlyAuthorities = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag OnlySomeReasons = new(TagClass.ContextSpecific, 3);
    private static readonly Asn1Tag Indirect = new(TagClass.ContextSpecific, 4);

    /// <summary>Whether a list of this scope would name the certificate if it were revoked.</summary>
    public bool Covers(CertificateLink link) =>
        (Kind == RevocationScopeKind.All || (Kind == RevocationScopeKind.Authorities) == link.IsAuthority)
        && (Points is null || Points.Any(point => link.DistributionPoints.Any(own => own.Span.SequenceEqual(point.Span))));

    /// <summary>Whether both scopes are one: then a later list takes the earlier one's place.</summary>
    public bool IsSame(RevocationScope other)
    {
        var own = Points;
        return Kind == other.Kind
            && (own is null || other.Points is null
                ? own is null && other.Points is null
                : own.Count == other.Points.Count && own.Zip(other.Points).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)));
    }

    /// <summary>
    /// Reads the extension's value; an empty word, or why such a list tells too little or too much. Throws
    /// <see cref="AsnContentException"/> when it is none.
    /// </summary>
    internal static string Read(ReadOnlyMemory<byte> value, out RevocationScope scope)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        var hasPoint = reader.HasData && reader.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var points = DistributionPointName.Read(reader);
        scope = new(RevocationScopeKind.All, hasPoint ? points : null);
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            if (tag.HasSameClassAndValue(OnlySomeReasons))
            {
                return RevocationReason.CrlScope;
            }

            var isSet = reader.ReadBoolean(tag);
            if (tag == Indirect && isSet)
            {
                return RevocationReason.CrlIndirect;
            }

            if (isSet)
            {
                if (scope.Kind != RevocationScopeKind.All || (tag != OnlyUserCertificates && tag != OnlyAuthorities))
                {
                    return RevocationReason.CrlScope;
                }

                scope = scope with { Kind = tag == OnlyAuthorities ? RevocationScopeKind.Authorities : RevocationScopeKind.Others };
            }
        }

        return "";
    }
}

/// <summary>Whose certificates a list tells of.</summary>
public enum RevocationScopeKind
{
    /// <summary>All of its issuer's.</summary>
    All = 0,

    /// <summary>Those of authorities.</summary>
    Authorities,

    /// <summary>Those of others than authorities: devices.</summary>
    Others,
}
