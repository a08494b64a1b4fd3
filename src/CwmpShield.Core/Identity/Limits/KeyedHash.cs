using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Limits;

/// <summary>
/// Numbers for whoever is counted: SipHash-2-4 under a key of the process, so that nobody outside can choose names or addresses
/// whose numbers meet. Never 0. Safe for threads; allocates nothing.
/// </summary>
internal sealed class KeyedHash
{
    private const int SitePrefix = 6;
    private const int SubscriberPrefix = 8;

    private readonly ulong k0 = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private readonly ulong k1 = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>The number of a text, compared to the character.</summary>
    public ulong Of(ReadOnlySpan<char> text, byte kind) => Of(MemoryMarshal.AsBytes(text), kind);

    /// <summary>The number of two numbers together, in this order.</summary>
    public ulong Of(ulong first, ulong second, byte kind)
    {
        Span<byte> both = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(both, first);
        BinaryPrimitives.WriteUInt64LittleEndian(both[8..], second);
        return Of(both, kind);
    }

    /// <summary>The number of a subscriber: an IPv4 address, or the /64 of an IPv6 address.</summary>
    public ulong OfSubscriber(IPAddress address, byte kind) => OfPrefix(address, SubscriberPrefix, kind);

    /// <summary>The number of the /48 around an IPv6 address, 0 for an IPv4 address.</summary>
    public ulong OfSite(IPAddress address, byte kind) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? OfPrefix(address, SitePrefix, kind) : 0;

    /// <summary>The number of <paramref name="bytes"/>; <paramref name="kind"/> keeps numbers of different things apart.</summary>
    public ulong Of(ReadOnlySpan<byte> bytes, byte kind)
    {
        var state = new SipState(k0, k1 ^ kind);
        var rest = bytes;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        Span<byte> tail = stackalloc byte[8];
        tail.Clear();
        rest.CopyTo(tail);
        tail[7] = (byte)bytes.Length;
        state.Take(BinaryPrimitives.ReadUInt64LittleEndian(tail));
        return Math.Max(1, state.Finish());
    }

    private ulong OfPrefix(IPAddress address, int prefix, byte kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return Of(bytes[..Math.Min(length, prefix)], kind);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct SipState(ulong key0, ulong key1)
    {
        private ulong v0 = key0 ^ 0x736f6d6570736575;
        private ulong v1 = key1 ^ 0x646f72616e646f6d;
        private ulong v2 = key0 ^ 0x6c7967656e657261;
        private ulong v3 = key1 ^ 0x7465646279746573;

        public void Take(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xff;
            Round();
            Round();
            Round();
            Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
