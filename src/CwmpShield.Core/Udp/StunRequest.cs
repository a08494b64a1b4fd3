using System.Buffers.Binary;

namespace CwmpShield.Core.Udp;

/// <summary>A binding request of RFC 3489 or RFC 5389. A view on the datagram: valid as long as its bytes are.</summary>
public readonly ref struct StunRequest
{
    /// <summary>Attribute types that an error of 420 names at most.</summary>
    public const int MaxUnknown = 4;

    /// <summary>The whole message.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>USERNAME without the blanks or NULs that RFC 3489 has it filled up with; empty without.</summary>
    public ReadOnlySpan<byte> UserName { get; init; }

    /// <summary>Where MESSAGE-INTEGRITY begins in the message; 0 without.</summary>
    public int IntegrityAt { get; init; }

    /// <summary>Whether a FINGERPRINT was there, and right.</summary>
    public bool HasFingerprint { get; init; }

    /// <summary>RESPONSE-ADDRESS as in the message: family, port and address; empty without.</summary>
    public ReadOnlySpan<byte> ResponseAddress { get; init; }

    /// <summary>CONNECTION-REQUEST-BINDING: the binding on which the device waits for connection requests (Annex G.2.1.3).</summary>
    public bool IsConnectionRequestBinding { get; init; }

    /// <summary>BINDING-CHANGE: the binding is another than before (Annex G.2.1.3).</summary>
    public bool IsBindingChange { get; init; }

    /// <summary>Types that must be understood and are not, two bytes each, in the order of the message, each once.</summary>
    public ReadOnlySpan<byte> Unknown { get; init; }

    /// <summary>Whether the message is of RFC 3489, which has no magic cookie. Annex G asks devices for that.</summary>
    public bool IsClassic => BinaryPrimitives.ReadUInt32BigEndian(Message[4..]) != StunMessage.Cookie;

    /// <summary>Cookie and transaction ID: 16 bytes that the answer repeats.</summary>
    public ReadOnlySpan<byte> Transaction => Message.Slice(4, 16);
}
