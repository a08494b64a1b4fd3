using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Seals secrets for the store with AES-256-GCM. The owner's key and the purpose are associated data: a seal that is moved to
/// another row or column does not open. Layout: version 1, nonce 12, tag 16, then the sealed text.
/// </summary>
internal sealed class SecretSeal(MasterKey master)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;
    private const byte PasswordKind = 0;
    private const byte Ha1Kind = 1;

    private readonly byte[] key = master.Derive("secrets 1");

    /// <summary>Seals <paramref name="secret"/> for one owner and purpose.</summary>
    public byte[] Close(StoredSecret secret, long owner, string purpose)
    {
        var plain = Encode(secret);
        var seal = new byte[Overhead + plain.Length];
        seal[0] = Version;
        RandomNumberGenerator.Fill(seal.AsSpan(1, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(
            seal.AsSpan(1, NonceLength),
            plain,
            seal.AsSpan(Overhead),
            seal.AsSpan(1 + NonceLength, TagLength),
            AssociatedData(owner, purpose));
        CryptographicOperations.ZeroMemory(plain);
        return seal;
    }

    /// <summary>Opens a seal of the same owner and purpose.</summary>
    /// <exception cref="RegistryUnavailableException">It was made with another key, for another row, or is damaged.</exception>
    public StoredSecret Open(ReadOnlySpan<byte> seal, long owner, string purpose)
    {
        try
        {
            if (seal.Length <= Overhead || seal[0] != Version)
            {
                throw new CryptographicException();
            }

            var plain = new byte[seal.Length - Overhead];
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(seal.Slice(1, NonceLength), seal[Overhead..], seal.Slice(1 + NonceLength, TagLength), plain, AssociatedData(owner, purpose));
            return Decode(plain);
        }
        catch (CryptographicException error)
        {
            throw new RegistryUnavailableException("A stored secret does not open: it is damaged, or was moved.", error);
        }
    }

    private static byte[] AssociatedData(long owner, string purpose)
    {
        var data = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(purpose)];
        BinaryPrimitives.WriteInt64BigEndian(data, owner);
        Encoding.UTF8.GetBytes(purpose, data.AsSpan(sizeof(long)));
        return data;
    }

    private static byte[] Encode(StoredSecret secret) => secret switch
    {
        StoredSecret.Password password => [PasswordKind, .. password.Utf8.Span],
        StoredSecret.Ha1 ha1 => [Ha1Kind, (byte)ha1.Algorithm, (byte)ha1.Hash.Length, .. ha1.Hash.Span, .. Encoding.UTF8.GetBytes(ha1.Realm)],
        _ => throw new ArgumentOutOfRangeException(nameof(secret)),
    };

    private static StoredSecret Decode(byte[] plain) => plain[0] switch
    {
        PasswordKind => new StoredSecret.Password(plain[1..]),
        Ha1Kind => new StoredSecret.Ha1((DigestHash)plain[1], Encoding.UTF8.GetString(plain.AsSpan(3 + plain[2])), plain[3..(3 + plain[2])]),
        _ => throw new CryptographicException(),
    };
}
