using System.Numerics;
using System.Security.Cryptography;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>
/// EMSA-PSS verification (RFC 8017, 9.1.2) with SHA-256 and MGF1 over SHA-256, for salts of any length: openssl makes them as long as fits unless told
/// otherwise, and the base library takes only those as long as the hash. Everything here is public, so that timing tells nothing.
/// </summary>
internal static class PssEncoding
{
    private const int HashLength = 32;
    private const byte Trailer = 0xBC;
    private const byte SaltMark = 0x01;

    /// <summary>Whether the key's owner has made the signature over data of this SHA-256.</summary>
    public static bool Verify(RSAParameters key, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature)
    {
        var modulus = new BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true);
        var value = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (signature.Length != key.Modulus!.Length || value >= modulus)
        {
            return false;
        }

        var bits = (int)modulus.GetBitLength() - 1;
        var encoded = new byte[(bits + 7) / 8];
        var message = BigInteger.ModPow(value, new BigInteger(key.Exponent, isUnsigned: true, isBigEndian: true), modulus);
        var length = message.GetByteCount(isUnsigned: true);
        if (length > encoded.Length || !message.TryWriteBytes(encoded.AsSpan(encoded.Length - length), out _, isUnsigned: true, isBigEndian: true))
        {
            return false;
        }

        return IsEncodingOf(sha256, encoded, unused: (8 * encoded.Length) - bits);
    }

    private static bool IsEncodingOf(ReadOnlySpan<byte> sha256, Span<byte> encoded, int unused)
    {
        if (encoded.Length < HashLength + 2 || encoded[^1] != Trailer || encoded[0] >> (8 - unused) != 0)
        {
            return false;
        }

        var masked = encoded[..^(HashLength + 1)];
        var hash = encoded[masked.Length..^1];
        Unmask(masked, hash);
        masked[0] &= (byte)(0xFF >> unused);
        var mark = masked.IndexOfAnyExcept((byte)0);
        if (mark < 0 || masked[mark] != SaltMark)
        {
            return false;
        }

        using var again = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        again.AppendData(stackalloc byte[8]);
        again.AppendData(sha256);
        again.AppendData(masked[(mark + 1)..]);
        return CryptographicOperations.FixedTimeEquals(again.GetHashAndReset(), hash);
    }

    /// <summary>MGF1.</summary>
    private static void Unmask(Span<byte> masked, ReadOnlySpan<byte> seed)
    {
        Span<byte> block = stackalloc byte[HashLength + 4];
        Span<byte> mask = stackalloc byte[HashLength];
        seed.CopyTo(block);
        for (var (at, counter) = (0, 0); at < masked.Length; at += HashLength, counter++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(block[HashLength..], counter);
            SHA256.HashData(block, mask);
            for (var i = at; i < Math.Min(at + HashLength, masked.Length); i++)
            {
                masked[i] ^= mask[i - at];
            }
        }
    }
}
