using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>The DistributionPointName that certificates and lists share (RFC 5280, 4.2.1.13 and 5.2.5).</summary>
internal static class DistributionPointName
{
    private static readonly Asn1Tag Outer = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>
    /// Takes the distributionPoint field, when it comes next, and gives its full names as encoded. A name relative to the
    /// issuer gives none: such a point matches nothing.
    /// </summary>
    public static List<ReadOnlyMemory<byte>> Read(AsnReader holder)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        if (!holder.HasData || holder.PeekTag() != Outer)
        {
            return names;
        }

        var point = holder.ReadSequence(Outer);
        if (point.PeekTag() == Outer)
        {
            var full = point.ReadSequence(Outer);
            while (full.HasData)
            {
                names.Add(full.ReadEncodedValue());
            }
        }

        return names;
    }
}
