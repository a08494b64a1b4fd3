using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Udp;

/// <summary>Writes the datagram that asks a device for a connection, signed with its own secret.</summary>
public static class UdpConnectionRequestWriter
{
    /// <summary>Writes a signed datagram; false when a value cannot stand in it.</summary>
    /// <param name="authority">Host and port of the device.</param>
    /// <param name="stamp">What makes this request the only one of its kind.</param>
    /// <param name="user">The device's ConnectionRequestUsername.</param>
    /// <param name="key">The device's ConnectionRequestPassword in UTF-8.</param>
    /// <param name="style">How the device is used to be written to.</param>
    /// <param name="datagram">The bytes; at most <see cref="UdpConnectionRequestReader.MaxBytes"/>.</param>
    public static bool TryWrite(
        string authority, UdpRequestStamp stamp, string user, ReadOnlySpan<byte> key, UdpRequestStyle style, out byte[] datagram)
    {
        datagram = [];
        if (key.IsEmpty || !UdpConnectionRequestReader.IsAuthority(authority) || !UdpConnectionRequestReader.IsUser(user))
        {
            return false;
        }

        var signature = UdpSignature.Compute(stamp.Timestamp, stamp.Id, user, stamp.Nonce, key);
        var digits = style.UpperCase ? Convert.ToHexString(signature) : Convert.ToHexStringLower(signature);
        var slash = style.Slash ? "/" : "";
        datagram = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"GET http://{authority}{slash}?ts={stamp.Timestamp}&id={stamp.Id}&un={user}&cn={stamp.Nonce}&sig={digits} HTTP/1.1\r\nHost: {authority}\r\n\r\n"));
        return datagram.Length <= UdpConnectionRequestReader.MaxBytes;
    }
}

/// <summary>What makes a request the only one of its kind.</summary>
/// <param name="Timestamp">Later than that of the last request to the device.</param>
/// <param name="Id">Another than that of the last request; a decimal number.</param>
/// <param name="Nonce">Random letters and digits.</param>
public readonly record struct UdpRequestStamp(long Timestamp, string Id, string Nonce);
