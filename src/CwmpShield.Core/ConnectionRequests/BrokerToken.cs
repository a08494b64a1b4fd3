using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>
/// Makes and reads the part of a broker URL that names a device: its key and generation, sealed under a key that follows from the
/// store's master key. One device has one token for as long as its generation lasts, so that an ACS sees no change from Inform to
/// Inform; whoever lacks the key neither guesses one nor learns anything from it. The signature is both proof and mask (as in RFC 5297).
/// </summary>
public sealed class BrokerToken
{
    /// <summary>Characters of a token: base64url of 28 bytes.</summary>
    public const int Length = 38;

    private const int PlainLength = 12;
    private const int SignatureLength = 16;
    private static readonly byte[] Purpose = "cwmpshield broker token 1"u8.ToArray();

    private readonly byte[] signing;
    private readonly byte[] masking;

    /// <summary>Creates the tokens of one store.</summary>
    /// <param name="masterKey">The store's master key, 32 bytes; it is not kept.</param>
    public BrokerToken(ReadOnlySpan<byte> masterKey)
    {
        var derived = new byte[64];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, derived, [], Purpose);
        signing = derived[..32];
        masking = derived[32..];
    }

    /// <summary>The token of a device.</summary>
    public string Create(long deviceKey, int generation)
    {
        Span<byte> plain = stackalloc byte[PlainLength];
        BinaryPrimitives.WriteInt64BigEndian(plain, deviceKey);
        BinaryPrimitives.WriteInt32BigEndian(plain[8..], generation);
        Span<byte> token = stackalloc byte[SignatureLength + PlainLength];
        Sign(plain, token[..SignatureLength]);
        Mask(token[..SignatureLength], plain, token[SignatureLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose token <paramref name="text"/> is; false when it is none of this store's. The generation has yet to be compared.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out long deviceKey, out int generation)
    {
        (deviceKey, generation) = (0, 0);
        Span<byte> token = stackalloc byte[SignatureLength + PlainLength];
        if (text.Length != Length || !Base64Url.IsValid(text, out var length) || length != token.Length
            || Base64Url.DecodeFromChars(text, token) != token.Length)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[PlainLength];
        Span<byte> expected = stackalloc byte[SignatureLength];
        Mask(token[..SignatureLength], token[SignatureLength..], plain);
        Sign(plain, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[..SignatureLength]))
        {
            return false;
        }

        deviceKey = BinaryPrimitives.ReadInt64BigEndian(plain);
        generation = BinaryPrimitives.ReadInt32BigEndian(plain[8..]);
        return true;
    }

    private void Sign(ReadOnlySpan<byte> plain, Span<byte> signature)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(signing, plain, full);
        full[..SignatureLength].CopyTo(signature);
    }

    private void Mask(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> from, Span<byte> to)
    {
        Span<byte> mask = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(masking, signature, mask);
        for (var i = 0; i < PlainLength; i++)
        {
            to[i] = (byte)(from[i] ^ mask[i]);
        }
    }
}
