using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>The bytes of a secret inside its seal: a kind, then what the kind needs.</summary>
internal static class SecretCoding
{
    private const byte PasswordKind = 0;
    private const byte Ha1Kind = 1;
    private const byte VerifierKind = 2;

    /// <summary>The key that the verifier of one device is made with: two devices with one password have nothing in common.</summary>
    public static byte[] VerifierKey(ReadOnlySpan<byte> storeKey, long owner)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, owner);
        return HMACSHA256.HashData(storeKey, number);
    }

    /// <summary>The bytes of a secret.</summary>
    public static byte[] Encode(StoredSecret secret) => secret switch
    {
        StoredSecret.Password password => [PasswordKind, .. password.Utf8.Span],
        StoredSecret.Ha1 ha1 => [Ha1Kind, (byte)ha1.Algorithm, (byte)ha1.Hash.Length, .. ha1.Hash.Span, .. Encoding.UTF8.GetBytes(ha1.Realm)],
        StoredSecret.Verifier verifier => [VerifierKind, .. verifier.Hash.Span],
        _ => throw new ArgumentOutOfRangeException(nameof(secret)),
    };

    /// <summary>The secret of these bytes; null when they are none, or a verifier whose key is not given.</summary>
    public static StoredSecret? Decode(byte[] plain, long owner, ReadOnlySpan<byte> verifierKey) => plain switch
    {
        [PasswordKind, ..] => new StoredSecret.Password(plain[1..]),
        [Ha1Kind, _, var length, ..] when plain.Length >= 3 + length =>
            new StoredSecret.Ha1((DigestHash)plain[1], Encoding.UTF8.GetString(plain.AsSpan(3 + length)), plain[3..(3 + length)]),
        [VerifierKind, ..] when plain.Length == 1 + HMACSHA256.HashSizeInBytes && !verifierKey.IsEmpty =>
            new StoredSecret.Verifier(VerifierKey(verifierKey, owner), plain[1..]),
        _ => null,
    };
}
