using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Udp;

namespace CwmpShield.Core.Tests.Udp;

/// <summary>A STUN client by the book of RFC 3489, RFC 5389 and TR-069 Annex G, written apart from the server's code.</summary>
internal sealed class Stun
{
    public const ushort ConnectionRequestBinding = 0xC001;
    public const ushort BindingChange = 0xC002;

    private readonly List<byte> bytes = [];

    /// <summary>A binding request with nothing in it.</summary>
    public Stun(bool classic = false, ushort type = 1)
    {
        bytes.AddRange([(byte)(type >> 8), (byte)type, 0, 0]);
        bytes.AddRange(classic ? [1, 2, 3, 4] : [0x21, 0x12, 0xA4, 0x42]);
        bytes.AddRange(Enumerable.Range(10, 12).Select(i => (byte)i));
    }

    public byte[] Bytes
    {
        get
        {
            byte[] message = [.. bytes];
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)(message.Length - 20));
            return message;
        }
    }

    public Stun Attribute(ushort type, params byte[] value)
    {
        bytes.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length]);
        bytes.AddRange(value);
        bytes.AddRange(new byte[(4 - (value.Length % 4)) % 4]);
        return this;
    }

    public Stun User(string name) => Attribute(0x0006, Encoding.UTF8.GetBytes(name));

    /// <summary>What Annex G has devices send on the binding that takes connection requests.</summary>
    public Stun Binding() => Attribute(ConnectionRequestBinding, Encoding.ASCII.GetBytes("dslforum.org/TR-111 "));

    public Stun ResponseAddress(IPAddress address, int port) =>
        Attribute(0x0002, [0, 1, (byte)(port >> 8), (byte)port, .. address.GetAddressBytes()]);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "STUN has no other.")]
    public Stun Integrity(string password, bool filled)
    {
        byte[] text = [.. bytes];
        BinaryPrimitives.WriteUInt16BigEndian(text.AsSpan(2), (ushort)(text.Length - 20 + 24));
        if (filled)
        {
            Array.Resize(ref text, (text.Length + 63) / 64 * 64);
        }

        return Attribute(0x0008, HMACSHA1.HashData(Encoding.UTF8.GetBytes(password), text));
    }

    public Stun Fingerprint(int behind = 0)
    {
        byte[] text = [.. bytes];
        BinaryPrimitives.WriteUInt16BigEndian(text.AsSpan(2), (ushort)(text.Length - 20 + 8 + behind));
        var crc = uint.MaxValue;
        foreach (var octet in text)
        {
            crc ^= octet;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        var value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, ~crc ^ 0x5354554E);
        return Attribute(0x8028, value);
    }

    /// <summary>An answer without its last attribute, to be made anew by this client.</summary>
    public sealed class Unsigned(byte[] answer)
    {
        public byte[] Sign(string password, bool filled) => Again(answer[..^24]).Integrity(password, filled).Bytes;

        public byte[] Fingerprint() => Again(answer[..^8]).Fingerprint().Bytes[^4..];

        private static Stun Again(byte[] message)
        {
            var stun = new Stun();
            stun.bytes.Clear();
            stun.bytes.AddRange(message);
            return stun;
        }
    }

    /// <summary>The answer's attributes by type; the header is held against the request.</summary>
    public static IReadOnlyDictionary<ushort, byte[]> Read(byte[] request, byte[] answer, ushort type = 0x0101)
    {
        Assert.Equal(type, BinaryPrimitives.ReadUInt16BigEndian(answer));
        Assert.Equal(answer.Length - 20, BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)));
        Assert.Equal(request[4..20], answer[4..20]);
        Assert.InRange(answer.Length, 20, request.Length * 1.6);
        var attributes = new Dictionary<ushort, byte[]>();
        for (var at = 20; at < answer.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 2));
            attributes.Add(BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at)), answer[(at + 4)..(at + 4 + length)]);
            at += 4 + ((length + 3) & ~3);
        }

        return attributes;
    }

    /// <summary>Asks <paramref name="server"/>; an empty answer is silence.</summary>
    public static (byte[] Answer, StunAnswer Outcome) Ask(StunServer server, byte[] request, IPEndPoint source)
    {
        var buffer = new byte[StunMessage.MaxAnswer];
        if (!StunRequestReader.TryRead(request, stackalloc byte[8], out var read, out var reason))
        {
            return ([], new(0, 0, reason));
        }

        var local = new StunEndpoint([192, 0, 2, 1], 3478);
        var outcome = server.Answer(read, new(source.Address.GetAddressBytes(), (ushort)source.Port), local, buffer);
        return (buffer[..outcome.Length], outcome);
    }
}
