using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Extensions of a response or of one of its parts.</summary>
/// <param name="Nonce">The nonce; null when there is none.</param>
/// <param name="HasUnknownCritical">Whether one that the gateway doesn't know is critical.</param>
internal sealed record OcspExtensions(ReadOnlyMemory<byte>? Nonce, bool HasUnknownCritical)
{
    /// <summary>None.</summary>
    public static OcspExtensions None { get; } = new(null, false);

    /// <summary>Reads them; throws <see cref="AsnContentException"/> for anything else.</summary>
    public static OcspExtensions Read(AsnReader extensions)
    {
        ReadOnlyMemory<byte>? nonce = null;
        var hasCritical = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            if (string.Equals(oid, OcspQuestion.NonceOid, StringComparison.Ordinal))
            {
                // Some responders repeat the octets without the OCTET STRING that RFC 8954 wraps them in.
                nonce = Unwrapped(value);
            }
            else
            {
                hasCritical |= isCritical;
            }
        }

        return new(nonce, hasCritical);
    }

    private static byte[] Unwrapped(byte[] value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.DER);
            var inner = reader.ReadOctetString();
            return reader.HasData ? value : inner;
        }
        catch (AsnContentException)
        {
            return value;
        }
    }
}
