using System.Buffers.Binary;
using System.Security.Cryptography;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>
/// Keyed hashes of secrets: equal for equal secrets, and telling nothing else to who has the store without its key. They find passwords
/// that several devices have in common, and whether an imported one is the one that is stored.
/// </summary>
internal sealed class SecretFingerprint(byte[] key)
{
    private const byte OfPassword = 0;
    private const byte OfHash = 1;

    /// <summary>64 bits of the HMAC-SHA-256 of a password (UTF-8).</summary>
    public long Of(ReadOnlySpan<byte> password) => Of(OfPassword, password);

    /// <summary>That of a secret; null for a verifier, whose password is not known any more.</summary>
    public long? Of(StoredSecret secret) => secret switch
    {
        StoredSecret.Password password => Of(OfPassword, password.Utf8.Span),
        StoredSecret.Ha1 ha1 => Of(OfHash, ha1.Hash.Span),
        _ => null,
    };

    private long Of(byte kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> input = stackalloc byte[1 + 512];
        if (bytes.Length > input.Length - 1)
        {
            input = new byte[1 + bytes.Length];
        }

        input[0] = kind;
        bytes.CopyTo(input[1..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input[..(1 + bytes.Length)], hash);
        CryptographicOperations.ZeroMemory(input);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
