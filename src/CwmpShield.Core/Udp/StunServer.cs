using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CwmpShield.Core.Udp;

/// <summary>
/// Answers binding requests of devices, and nothing else (TR-069 Annex G.2.1). An answer is never longer than 1.6 times its request:
/// 32 bytes for the shortest one. What does not fit is left out where it may be, else there is no answer.
/// </summary>
/// <param name="user">STUNUsername of the devices, UTF-8; empty asks for no credentials.</param>
/// <param name="key">STUNPassword of the devices, UTF-8.</param>
public sealed class StunServer(ReadOnlyMemory<byte> user, ReadOnlyMemory<byte> key)
{
    private const int Unauthorized = 401;
    private const int UnknownAttribute = 420;
    private const int UserUnknown = 430;
    private const int IntegrityFailed = 431;

    /// <summary>Bytes that an answer to a request of <paramref name="length"/> bytes may have.</summary>
    public static int MaxAnswer(int length) => length * 16 / 10;

    /// <summary>Answers <paramref name="request"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="source">Address and port it came from.</param>
    /// <param name="local">Address and port it came to, which the answer leaves from.</param>
    /// <param name="buffer">Takes the answer; <see cref="StunMessage.MaxAnswer"/> bytes.</param>
    public StunAnswer Answer(in StunRequest request, in StunEndpoint source, in StunEndpoint local, Span<byte> buffer)
    {
        if (!TryTarget(request, source, out var port))
        {
            return StunAnswer.None(StunReason.ResponseAddressForeign);
        }

        var writer = new StunWriter(request, buffer);
        var (error, filled) = Authenticate(request);
        if (error != 0)
        {
            writer.Error(error);
            return Finish(request, ref writer, port, StunReason.Unauthorized);
        }

        if (!request.Unknown.IsEmpty)
        {
            writer.Error(UnknownAttribute);
            writer.Unknown(request.Unknown);
            return Finish(request, ref writer, port, StunReason.AttributeUnknown);
        }

        var reserve = (user.IsEmpty ? 0 : StunWriter.IntegrityLength) + (request.HasFingerprint ? StunWriter.FingerprintLength : 0);
        writer.Mapped(source);
        if (request.IsClassic)
        {
            Classic(request, source, local, reserve, ref writer);
        }

        if (!user.IsEmpty)
        {
            writer.Integrity(key.Span, filled);
        }

        return Finish(request, ref writer, port, "");
    }

    /// <summary>What RFC 3489 8.1 has in an answer besides, as far as there is room. There is no other address to change to.</summary>
    private static void Classic(in StunRequest request, in StunEndpoint source, in StunEndpoint local, int reserve, ref StunWriter writer)
    {
        var room = MaxAnswer(request.Message.Length) - reserve;
        if (!request.ResponseAddress.IsEmpty)
        {
            writer.Address(StunAttribute.ReflectedFrom, source, room);
        }

        writer.Address(StunAttribute.SourceAddress, local, room);
        writer.Address(StunAttribute.ChangedAddress, local, room);
    }

    private static StunAnswer Finish(in StunRequest request, ref StunWriter writer, ushort port, string reason)
    {
        var length = writer.Finish();
        return length <= MaxAnswer(request.Message.Length) ? new(length, port, reason) : StunAnswer.None(StunReason.AnswerTooLong);
    }

    /// <summary>Only a device's other port may be answered, and only to that device (Annex G.2.1.2 finds out so how long bindings last).</summary>
    private static bool TryTarget(in StunRequest request, in StunEndpoint source, out ushort port)
    {
        port = source.Port;
        if (request.ResponseAddress.IsEmpty)
        {
            return true;
        }

        port = BinaryPrimitives.ReadUInt16BigEndian(request.ResponseAddress[StunAddress.PortAt..]);
        return port != 0 && request.ResponseAddress[StunAddress.AddressAt..].SequenceEqual(source.Address);
    }

    private (int Error, bool IsFilled) Authenticate(in StunRequest request)
    {
        if (user.IsEmpty)
        {
            return (0, false);
        }

        if (request.IntegrityAt == 0)
        {
            return (Unauthorized, false);
        }

        if (!CryptographicOperations.FixedTimeEquals(request.UserName, user.Span))
        {
            return (request.IsClassic ? UserUnknown : Unauthorized, false);
        }

        return StunIntegrity.Verify(request, key.Span, out var filled) ? (0, filled) : (request.IsClassic ? IntegrityFailed : Unauthorized, false);
    }
}
