using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>
/// A serial number of at most 20 octets (RFC 5280, 4.1.2.2), in 20 bytes: a list of a million takes 20 MB. Leading zero octets
/// carry no meaning.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct CertificateSerial : IComparable<CertificateSerial>
{
    private const int MaxOctets = 20;
    private readonly ulong high;
    private readonly ulong middle;
    private readonly uint low;

    private CertificateSerial(ReadOnlySpan<byte> octets)
    {
        high = BinaryPrimitives.ReadUInt64BigEndian(octets);
        middle = BinaryPrimitives.ReadUInt64BigEndian(octets[8..]);
        low = BinaryPrimitives.ReadUInt32BigEndian(octets[16..]);
    }

    /// <summary>Reads the content octets of the INTEGER; false when there are none or too many.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, out CertificateSerial serial)
    {
        serial = default;
        var digits = content.TrimStart((byte)0);
        if (content.IsEmpty || digits.Length > MaxOctets)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[MaxOctets];
        octets.Clear();
        digits.CopyTo(octets[(MaxOctets - digits.Length)..]);
        serial = new CertificateSerial(octets);
        return true;
    }

    /// <summary>Reads hexadecimal digits, as certificates are usually printed.</summary>
    public static bool TryParse(string hex, out CertificateSerial serial)
    {
        serial = default;
        var octets = new byte[(hex.Length + 1) / 2];
        var padded = hex.Length % 2 == 0 ? hex : "0" + hex;
        return padded.All(char.IsAsciiHexDigit)
            && Convert.FromHexString(padded, octets, out _, out _) == System.Buffers.OperationStatus.Done
            && TryRead(octets, out serial);
    }

    /// <inheritdoc/>
    public int CompareTo(CertificateSerial other)
    {
        var order = high.CompareTo(other.high);
        order = order != 0 ? order : middle.CompareTo(other.middle);
        return order != 0 ? order : low.CompareTo(other.low);
    }

    /// <summary>The least content octets of the INTEGER.</summary>
    public byte[] ToOctets()
    {
        Span<byte> octets = stackalloc byte[MaxOctets + 1];
        octets.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(octets[1..], high);
        BinaryPrimitives.WriteUInt64BigEndian(octets[9..], middle);
        BinaryPrimitives.WriteUInt32BigEndian(octets[17..], low);
        var first = octets.IndexOfAnyExcept((byte)0);
        first = first < 0 ? MaxOctets : first;

        // A first octet above 0x7F would make the number negative.
        return octets[(octets[first] > 0x7F ? first - 1 : first)..].ToArray();
    }

    /// <summary>Upper-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexString(ToOctets());

    /// <summary>Whether <paramref name="left"/> comes first.</summary>
    public static bool operator <(CertificateSerial left, CertificateSerial right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes last.</summary>
    public static bool operator >(CertificateSerial left, CertificateSerial right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come last.</summary>
    public static bool operator <=(CertificateSerial left, CertificateSerial right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come first.</summary>
    public static bool operator >=(CertificateSerial left, CertificateSerial right) => left.CompareTo(right) >= 0;
}
