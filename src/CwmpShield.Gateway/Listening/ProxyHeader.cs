using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Reads a PROXY protocol header, version 1 or 2 (haproxy.org, proxy-protocol.txt). Reads only what the header's bound allows
/// and never guesses: what isn't a whole header yet needs more bytes, everything else is ill-formed.
/// </summary>
internal static class ProxyHeader
{
    /// <summary>Longest version 1 line, its CRLF included.</summary>
    private const int MaxLineLength = 107;

    /// <summary>Longest version 2 header that is read; addresses take 52 bytes, the rest is room for extensions.</summary>
    public const int MaxLength = 2048;

    private const int FixedLength = 16;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    private static ReadOnlySpan<byte> LinePrefix => "PROXY "u8;

    /// <summary>
    /// Reads a header at the start of <paramref name="bytes"/>. <paramref name="length"/> is what it takes;
    /// <paramref name="source"/> is null where the proxy speaks for itself (LOCAL, UNKNOWN).
    /// </summary>
    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> bytes, out int length, out IPEndPoint? source)
    {
        length = 0;
        source = null;
        if (StartsLike(bytes, Signature))
        {
            return bytes.Length < FixedLength ? ProxyHeaderStatus.Incomplete : ReadBinary(bytes, out length, out source);
        }

        return StartsLike(bytes, LinePrefix) ? ReadLine(bytes, out length, out source) : ProxyHeaderStatus.Malformed;
    }

    private static bool StartsLike(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> prefix) =>
        bytes.Length < prefix.Length ? prefix.StartsWith(bytes) : bytes.StartsWith(prefix);

    private static ProxyHeaderStatus ReadLine(ReadOnlySpan<byte> bytes, out int length, out IPEndPoint? source)
    {
        source = null;
        length = bytes[..Math.Min(bytes.Length, MaxLineLength)].IndexOf("\r\n"u8) + 2;
        if (length < 2)
        {
            return bytes.Length < MaxLineLength ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Malformed;
        }

        var fields = Encoding.Latin1.GetString(bytes[..(length - 2)]).Split(' ');
        if (fields[1] is "UNKNOWN")
        {
            return ProxyHeaderStatus.Complete;
        }

        var family = fields[1] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        if (fields.Length != 6
            || !TryAddress(fields[2], family, out var address) || !TryAddress(fields[3], family, out _)
            || !TryPort(fields[4], out var port) || !TryPort(fields[5], out _))
        {
            return ProxyHeaderStatus.Malformed;
        }

        source = new IPEndPoint(address, port);
        return ProxyHeaderStatus.Complete;
    }

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> bytes, out int length, out IPEndPoint? source)
    {
        source = null;
        int versionAndCommand = bytes[12], familyAndProtocol = bytes[13];
        var rest = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        length = FixedLength + rest;
        if (versionAndCommand is not (0x20 or 0x21) || length > MaxLength)
        {
            return ProxyHeaderStatus.Malformed;
        }

        if (bytes.Length < length)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        if (versionAndCommand == 0x20)
        {
            return ProxyHeaderStatus.Complete;
        }

        var size = familyAndProtocol switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        var addresses = bytes[FixedLength..length];
        if (size == 0 || addresses.Length < (2 * size) + 4)
        {
            return ProxyHeaderStatus.Malformed;
        }

        source = new IPEndPoint(
            new IPAddress(addresses[..size]),
            BinaryPrimitives.ReadUInt16BigEndian(addresses[(2 * size)..]));
        return ProxyHeaderStatus.Complete;
    }

    private static bool TryAddress(string text, AddressFamily family, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && address.AddressFamily == family && !text.Contains('%', StringComparison.Ordinal);

    private static bool TryPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}

/// <summary>What the bytes at the start of a connection are.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>No PROXY header.</summary>
    Malformed = 0,

    /// <summary>The beginning of one.</summary>
    Incomplete,

    /// <summary>A whole one.</summary>
    Complete,
}
