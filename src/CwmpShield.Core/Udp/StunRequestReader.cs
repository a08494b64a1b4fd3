using System.Buffers.Binary;

namespace CwmpShield.Core.Udp;

/// <summary>Reads binding requests. Lengths must add up to the byte; of an attribute that comes twice, the first counts (RFC 5389 15).</summary>
public static class StunRequestReader
{
    private const int MaxAttributes = 32;
    private const int AttributeHeader = 4;

    /// <summary>Reads a datagram; false says in <paramref name="reason"/> why it is no binding request.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, Span<byte> unknown, out StunRequest request, out string reason)
    {
        request = default;
        reason = StunReason.Malformed;
        if (datagram.Length is < StunMessage.HeaderLength or > StunMessage.MaxBytes
            || datagram[0] >= 0x40
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - StunMessage.HeaderLength)
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(datagram) != StunMessage.BindingRequest)
        {
            reason = StunReason.NotABindingRequest;
            return false;
        }

        var draft = new Draft { Unknown = unknown };
        reason = ReadAttributes(datagram, ref draft);
        request = new()
        {
            Message = datagram,
            UserName = draft.User.TrimEnd(" \0"u8),
            IntegrityAt = draft.IntegrityAt,
            HasFingerprint = draft.HasFingerprint,
            ResponseAddress = draft.ResponseAddress,
            IsConnectionRequestBinding = draft.IsConnectionRequestBinding,
            IsBindingChange = draft.IsBindingChange,
            Unknown = draft.Unknown[..draft.UnknownLength],
        };
        return reason.Length == 0;
    }

    private static string ReadAttributes(ReadOnlySpan<byte> message, ref Draft draft)
    {
        var at = StunMessage.HeaderLength;
        for (var count = 0; at < message.Length; count++)
        {
            if (count == MaxAttributes || message.Length - at < AttributeHeader)
            {
                return StunReason.Malformed;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
            var next = at + AttributeHeader + ((length + 3) & ~3);
            if (next > message.Length)
            {
                return StunReason.Malformed;
            }

            if (Take(message, type, message.Slice(at + AttributeHeader, length), at, ref draft) is { Length: > 0 } reason)
            {
                return reason;
            }

            at = next;
        }

        return "";
    }

    /// <summary>Takes one attribute. What follows MESSAGE-INTEGRITY is not covered by it, and only FINGERPRINT counts there (RFC 5389 15.4).</summary>
    private static string Take(ReadOnlySpan<byte> message, ushort type, ReadOnlySpan<byte> value, int at, ref Draft draft)
    {
        if (draft.HasFingerprint)
        {
            // FINGERPRINT is the last one (RFC 5389 15.5).
            return StunReason.Malformed;
        }

        if (type == StunAttribute.Fingerprint && BinaryPrimitives.ReadUInt32BigEndian(message[4..]) == StunMessage.Cookie)
        {
            draft.HasFingerprint = true;
            return value.Length != StunFingerprint.Length ? StunReason.Malformed
                : BinaryPrimitives.ReadUInt32BigEndian(value) == StunFingerprint.Compute(message[..at]) ? "" : StunReason.FingerprintWrong;
        }

        if (draft.IntegrityAt > 0)
        {
            return "";
        }

        return type switch
        {
            StunAttribute.MessageIntegrity => TakeIntegrity(value, at, ref draft),
            StunAttribute.UserName => TakeUser(value, ref draft),
            StunAttribute.ResponseAddress => TakeResponseAddress(value, ref draft),
            _ => TakeOther(type, ref draft),
        };
    }

    private static string TakeIntegrity(ReadOnlySpan<byte> value, int at, ref Draft draft)
    {
        draft.IntegrityAt = at;
        return value.Length == StunIntegrity.Length ? "" : StunReason.Malformed;
    }

    private static string TakeUser(ReadOnlySpan<byte> value, ref Draft draft)
    {
        draft.User = draft.HasUser ? draft.User : value;
        draft.HasUser = true;
        return "";
    }

    private static string TakeResponseAddress(ReadOnlySpan<byte> value, ref Draft draft)
    {
        if (!StunAddress.IsAddress(value))
        {
            return StunReason.Malformed;
        }

        draft.ResponseAddress = draft.ResponseAddress.IsEmpty ? value : draft.ResponseAddress;
        return "";
    }

    private static string TakeOther(ushort type, ref Draft draft)
    {
        draft.IsConnectionRequestBinding |= type == StunAttribute.ConnectionRequestBinding;
        draft.IsBindingChange |= type == StunAttribute.BindingChange;
        if (!StunAttribute.IsKnown(type) && draft.UnknownLength + 2 <= draft.Unknown.Length)
        {
            for (var i = 0; i < draft.UnknownLength; i += 2)
            {
                if (BinaryPrimitives.ReadUInt16BigEndian(draft.Unknown[i..]) == type)
                {
                    return "";
                }
            }

            BinaryPrimitives.WriteUInt16BigEndian(draft.Unknown[draft.UnknownLength..], type);
            draft.UnknownLength += 2;
        }

        return "";
    }

    private ref struct Draft
    {
        public Span<byte> Unknown;
        public int UnknownLength;
        public ReadOnlySpan<byte> User;
        public bool HasUser;
        public int IntegrityAt;
        public bool HasFingerprint;
        public ReadOnlySpan<byte> ResponseAddress;
        public bool IsConnectionRequestBinding;
        public bool IsBindingChange;
    }
}
