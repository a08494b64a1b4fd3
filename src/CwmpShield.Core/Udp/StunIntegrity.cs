using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CwmpShield.Core.Udp;

/// <summary>
/// MESSAGE-INTEGRITY: HMAC-SHA1 of the message before it, its length field counting up to the attribute. RFC 3489 11.2.8 has the
/// text filled with zeros to a multiple of 64 bytes, RFC 5389 15.4 does not; devices with classic STUN do either.
/// </summary>
public static class StunIntegrity
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = HMACSHA1.HashSizeInBytes;

    private const int Block = 64;
    private const int Attribute = 4 + Length;

    /// <summary>Whether the request's MESSAGE-INTEGRITY was made with <paramref name="key"/>, and if so how.</summary>
    /// <param name="request">A request that has one.</param>
    /// <param name="key">The password in UTF-8; an empty one verifies nothing.</param>
    /// <param name="isFilled">Whether the text was filled up as in RFC 3489.</param>
    public static bool Verify(in StunRequest request, ReadOnlySpan<byte> key, out bool isFilled)
    {
        isFilled = false;
        if (key.IsEmpty || request.IntegrityAt == 0)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[StunMessage.MaxBytes + Block];
        request.Message[..request.IntegrityAt].CopyTo(text);
        BinaryPrimitives.WriteUInt16BigEndian(text[2..], (ushort)(request.IntegrityAt - StunMessage.HeaderLength + Attribute));
        Span<byte> expected = stackalloc byte[Length];
        var sent = request.Message.Slice(request.IntegrityAt + 4, Length);
        Compute(text, request.IntegrityAt, key, filled: false, expected);
        var plain = CryptographicOperations.FixedTimeEquals(expected, sent);
        Compute(text, request.IntegrityAt, key, filled: true, expected);
        isFilled = CryptographicOperations.FixedTimeEquals(expected, sent) && request.IsClassic && !plain;
        return plain || isFilled;
    }

    /// <summary>Computes the value of a message of <paramref name="length"/> bytes; <paramref name="text"/> has room for a block more, zeroed.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "STUN of Annex G knows no other.")]
    internal static void Compute(ReadOnlySpan<byte> text, int length, ReadOnlySpan<byte> key, bool filled, Span<byte> value) =>
        HMACSHA1.HashData(key, text[..(filled ? (length + Block - 1) / Block * Block : length)], value);
}
