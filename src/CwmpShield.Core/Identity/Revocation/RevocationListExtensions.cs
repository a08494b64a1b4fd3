using System.Formats.Asn1;
using System.Numerics;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What a list says of itself in its extensions (RFC 5280, 5.2).</summary>
/// <param name="KeyIdentifier">The key that signed it, empty when the list doesn't say.</param>
/// <param name="Number">CRL number, null when there is none.</param>
/// <param name="Scope">Which certificates it tells of.</param>
/// <param name="Refusal">Why such a list cannot be used; empty when it can.</param>
internal sealed record RevocationListExtensions(ReadOnlyMemory<byte> KeyIdentifier, BigInteger? Number, RevocationScope Scope, string Refusal)
{
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string CrlNumber = "2.5.29.20";
    private const string DeltaCrlIndicator = "2.5.29.27";
    private const string IssuingDistributionPoint = "2.5.29.28";
    private static readonly Asn1Tag KeyIdentifierTag = new(TagClass.ContextSpecific, 0);

    /// <summary>Reads them; throws <see cref="AsnContentException"/> when they are none.</summary>
    public static RevocationListExtensions Read(ReadOnlyMemory<byte> encoded)
    {
        var read = new RevocationListExtensions(default, null, default, "");
        if (encoded.IsEmpty)
        {
            return read;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var extensions = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            if (!seen.Add(oid) || !extension.TryReadPrimitiveOctetString(out var value))
            {
                throw new AsnContentException();
            }

            read = read.With(oid, isCritical, value);
        }

        return read;
    }

    private RevocationListExtensions With(string oid, bool isCritical, ReadOnlyMemory<byte> value)
    {
        switch (oid)
        {
            case AuthorityKeyIdentifier:
                var identifier = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
                return identifier.HasData && identifier.PeekTag() == KeyIdentifierTag
                    ? this with { KeyIdentifier = identifier.ReadOctetString(KeyIdentifierTag) }
                    : this;
            case CrlNumber:
                return this with { Number = new AsnReader(value, AsnEncodingRules.DER).ReadInteger() };
            case DeltaCrlIndicator:
                return Refused(RevocationReason.CrlDelta);
            case IssuingDistributionPoint:
                var reason = RevocationScope.Read(value, out var scope);
                return reason.Length > 0 ? Refused(reason) : this with { Scope = scope };
            default:
                return isCritical ? Refused(RevocationReason.CrlCriticalExtension) : this;
        }
    }

    private RevocationListExtensions Refused(string reason) => Refusal.Length > 0 ? this : this with { Refusal = reason };
}
