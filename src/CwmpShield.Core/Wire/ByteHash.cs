using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace CwmpShield.Core.Wire;

/// <summary>
/// A fast hash under a seed of the process. It chooses a slot in tables that keep one entry for each slot and compare it in full, so
/// that whoever finds collisions gains nothing but a miss.
/// </summary>
internal static class ByteHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The hash of <paramref name="bytes"/>, all of them.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        if (bytes.Length >= sizeof(uint))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[sizeof(uint)..];
        }

        foreach (var one in bytes)
        {
            hash = Mix(hash, one);
        }

        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * Factor, 29);
}
