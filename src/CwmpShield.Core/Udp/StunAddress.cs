using System.Buffers.Binary;

namespace CwmpShield.Core.Udp;

/// <summary>The value of address attributes: a zero, the family, port and address (RFC 5389 15.1).</summary>
internal static class StunAddress
{
    public const int PortAt = 2;
    public const int AddressAt = 4;
    public const int IPv4Length = 8;
    public const int IPv6Length = 20;

    private const byte IPv4 = 1;
    private const byte IPv6 = 2;

    public static bool IsAddress(ReadOnlySpan<byte> value) =>
        (value.Length == IPv4Length && value[1] == IPv4) || (value.Length == IPv6Length && value[1] == IPv6);

    public static int Length(ReadOnlySpan<byte> address) => AddressAt + address.Length;

    public static void Write(Span<byte> value, ReadOnlySpan<byte> address, ushort port)
    {
        value[0] = 0;
        value[1] = address.Length == 4 ? IPv4 : IPv6;
        BinaryPrimitives.WriteUInt16BigEndian(value[PortAt..], port);
        address.CopyTo(value[AddressAt..]);
    }

    /// <summary>Hides the address from NATs that rewrite what looks like one (RFC 5389 15.2).</summary>
    public static void Mask(Span<byte> value, ReadOnlySpan<byte> transaction)
    {
        value[PortAt] ^= transaction[0];
        value[PortAt + 1] ^= transaction[1];
        for (var i = AddressAt; i < value.Length; i++)
        {
            value[i] ^= transaction[i - AddressAt];
        }
    }
}
