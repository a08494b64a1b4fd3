namespace CwmpShield.Core.Udp;

/// <summary>What every STUN message has (RFC 5389 6).</summary>
public static class StunMessage
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>Bytes of a request that is read (RFC 3489 11: 548 fit into every IPv4 datagram).</summary>
    public const int MaxBytes = 548;

    /// <summary>Bytes of the longest answer.</summary>
    public const int MaxAnswer = 160;

    internal const uint Cookie = 0x2112A442;
    internal const ushort BindingRequest = 0x0001;
    internal const ushort BindingResponse = 0x0101;
    internal const ushort BindingError = 0x0111;

    /// <summary>Whether a datagram may be STUN: its first two bits are 0 (RFC 5389 6).</summary>
    public static bool MayBe(ReadOnlySpan<byte> datagram) => datagram.Length >= HeaderLength && datagram[0] < 0x40;
}
