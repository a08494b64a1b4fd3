namespace CwmpShield.Core.Udp;

/// <summary>A connection request as a datagram carries it (TR-069 Annex G.2.2). Nothing in it is believed before its signature is verified.</summary>
/// <param name="Authority">Host and port as the sender wrote them; empty in a request without them.</param>
/// <param name="Timestamp">Seconds since 1970; some ACSs write milliseconds, see <see cref="Time"/>.</param>
/// <param name="Id">Message id, a decimal number as written.</param>
/// <param name="User">The device's ConnectionRequestUsername as written, without decoding: devices compare it so.</param>
/// <param name="Nonce">What the sender made up (<c>cn</c>).</param>
/// <param name="Signature">HMAC-SHA1, 20 bytes.</param>
/// <param name="Style">How the sender writes what the text leaves open.</param>
public sealed record UdpConnectionRequest(
    string Authority, long Timestamp, string Id, string User, string Nonce, ReadOnlyMemory<byte> Signature, UdpRequestStyle Style)
{
    // 10^11 seconds are in the year 5138, 10^11 milliseconds in 1973.
    private const long Milliseconds = 100_000_000_000;

    /// <summary><see cref="Timestamp"/> in milliseconds, whichever unit it was written in.</summary>
    public long Time => ToMilliseconds(Timestamp);

    /// <summary>A timestamp of either unit in milliseconds; at most <see cref="long.MaxValue"/>.</summary>
    public static long ToMilliseconds(long timestamp) => timestamp < Milliseconds ? timestamp * 1000 : timestamp;
}
