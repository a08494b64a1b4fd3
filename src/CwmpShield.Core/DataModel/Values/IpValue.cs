using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// An IPv4 or IPv6 address, or a network, that can be read one way only: octal, hexadecimal, dword and shortened IPv4 forms, leading
/// zeros, zone ids and IPv4-compatible IPv6 are no addresses; IPv4-mapped IPv6 is the IPv4 address.
/// </summary>
/// <param name="Bits">The address in network order, IPv4 in the low 32 bits, host bits of a network cleared for comparison only.</param>
/// <param name="PrefixLength">Bits of the network; 32 or 128 for one address.</param>
/// <param name="IsV6">Whether it is IPv6.</param>
public readonly record struct IpValue(UInt128 Bits, byte PrefixLength, bool IsV6)
{
    private const ulong MappedMarker = 0xFFFF;

    /// <summary>Reads an address, or a network in CIDR form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpValue value)
    {
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (!TryParseAddress(address, out value))
        {
            return false;
        }

        if (slash < 0)
        {
            return true;
        }

        var digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
            || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > value.PrefixLength)
        {
            return false;
        }

        value = value with { PrefixLength = length };
        return true;
    }

    /// <summary>The value of an address of the base library; mapped IPv4 becomes IPv4.</summary>
    public static IpValue From(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var count);
        return From(octets[..count]);
    }

    /// <summary>The value of 4 or 16 octets in network order; mapped IPv4 becomes IPv4.</summary>
    public static IpValue From(ReadOnlySpan<byte> octets)
    {
        UInt128 bits = 0;
        foreach (var octet in octets)
        {
            bits = (bits << 8) | octet;
        }

        return octets.Length == 4 ? new IpValue(bits, 32, false)
            : bits >> 32 == MappedMarker ? new IpValue(bits & uint.MaxValue, 32, false)
            : new IpValue(bits, 128, true);
    }

    /// <summary>The address for the base library, the length of the network left out.</summary>
    public IPAddress ToAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(octets, Bits);
        return new IPAddress(IsV6 ? octets : octets[12..]);
    }

    /// <summary>Whether <paramref name="other"/> (an address or a network) lies wholly inside.</summary>
    public bool Contains(in IpValue other)
    {
        if (IsV6 != other.IsV6 || PrefixLength > other.PrefixLength)
        {
            return false;
        }

        var shift = (IsV6 ? 128 : 32) - PrefixLength;
        return shift >= 128 || Bits >> shift == other.Bits >> shift;
    }

    private static bool TryParseAddress(ReadOnlySpan<char> text, out IpValue value)
    {
        value = default;
        if (text.Contains(':'))
        {
            return TryParseV6(text, out value);
        }

        if (!TryParseV4(text, out var bits))
        {
            return false;
        }

        value = new IpValue(bits, 32, false);
        return true;
    }

    private static bool TryParseV4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            bits = (bits << 8) | octet;
        }

        return parts == 4;
    }

    private static bool TryParseV6(ReadOnlySpan<char> text, out IpValue value)
    {
        value = default;
        var tail = text[(text.LastIndexOf(':') + 1)..];
        if (text.Length > 45 || text.ContainsAnyExcept(CharacterSets.IpV6)
            || (tail.Contains('.') && !TryParseV4(tail, out _))
            || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        value = From(address);
        var compatible = value.IsV6 && value.Bits >> 32 == 0 && value.Bits > 1;
        return !compatible;
    }
}
