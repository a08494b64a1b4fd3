using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Seals secrets for the store with AES-256-GCM. The owner's key and the purpose are associated data: a seal that is moved to
/// another row or column does not open. Layout: version 2, id of the master key 8, nonce 12, tag 16, then the sealed text. Version 1
/// has no id; the key that opens it is found by trying. Safe for threads.
/// </summary>
internal sealed class SecretSeal(KeyRing ring)
{
    private const byte Version = 2;
    private const byte FirstVersion = 1;
    private const int IdLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Head = 1 + IdLength;
    private const int Overhead = Head + NonceLength + TagLength;

    private readonly ConcurrentDictionary<string, byte[]> sealingKeys = new(StringComparer.Ordinal);
    private MasterKey current = ring.Newest;
    private byte[] verifierKey = [];
    private SecretFingerprint? fingerprints;

    /// <summary>Seals under one key.</summary>
    public SecretSeal(MasterKey key)
        : this(KeyRing.Of(key))
    {
    }

    /// <summary>The master keys of this process.</summary>
    public KeyRing Ring => ring;

    /// <summary>The key that new seals are made with.</summary>
    public string CurrentKey => Volatile.Read(ref current).Id;

    /// <summary>What seals of the current key begin with.</summary>
    public byte[] CurrentHead => [Version, .. Convert.FromHexString(CurrentKey)];

    /// <summary>What seals begin with that name their key.</summary>
    public static byte[] Versioned => [Version];

    /// <summary>The key that a seal was made with; null for one of version 1, which does not say.</summary>
    public static string? KeyOf(ReadOnlySpan<byte> seal) =>
        seal.Length > Overhead && seal[0] == Version ? Convert.ToHexStringLower(seal.Slice(1, IdLength)) : null;

    /// <summary>New seals are made with the key of this name from now on.</summary>
    /// <exception cref="RegistryUnavailableException">The ring does not hold it.</exception>
    public void Use(string keyId)
    {
        if (CurrentKey != keyId)
        {
            Volatile.Write(ref current, ring.Find(keyId) ?? throw Missing(keyId));
        }
    }

    /// <summary>Sets the store's own keys.</summary>
    public void SetKeys(byte[] verifier, byte[] fingerprint) => (verifierKey, fingerprints) = (verifier, new SecretFingerprint(fingerprint));

    /// <summary>The verifier, for Basic alone, that a device's password is kept as.</summary>
    public StoredSecret.Verifier Verifier(StoredSecret.Password password, long device) =>
        StoredSecret.Verifier.Of(SecretCoding.VerifierKey(verifierKey, device), password.Utf8.Span);

    /// <summary>Equal for equal secrets of this store; null for a verifier, and where the store's keys are not set.</summary>
    public long? Fingerprint(StoredSecret secret) => fingerprints?.Of(secret);

    /// <summary>Seals <paramref name="secret"/> for one owner and purpose.</summary>
    public byte[] Close(StoredSecret secret, long owner, string purpose)
    {
        var plain = SecretCoding.Encode(secret);
        var sealedText = Close(plain, owner, purpose);
        CryptographicOperations.ZeroMemory(plain);
        return sealedText;
    }

    /// <summary>Seals bytes for one owner and purpose.</summary>
    public byte[] Close(ReadOnlySpan<byte> plain, long owner, string purpose)
    {
        var master = Volatile.Read(ref current);
        var seal = new byte[Overhead + plain.Length];
        seal[0] = Version;
        Convert.FromHexString(master.Id, seal.AsSpan(1, IdLength), out _, out _);
        var nonce = seal.AsSpan(Head, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(SealingKey(master), TagLength);
        aes.Encrypt(nonce, plain, seal.AsSpan(Overhead), seal.AsSpan(Head + NonceLength, TagLength), AssociatedData(owner, purpose));
        return seal;
    }

    /// <summary>Opens a secret's seal of the same owner and purpose.</summary>
    /// <exception cref="RegistryUnavailableException">It was made with a key that the ring does not hold, for another row, or is damaged.</exception>
    public StoredSecret Open(ReadOnlySpan<byte> seal, long owner, string purpose) =>
        SecretCoding.Decode(OpenBytes(seal, owner, purpose), owner, verifierKey) ?? throw Damaged(null);

    /// <summary>Opens a seal of the same owner and purpose.</summary>
    /// <exception cref="RegistryUnavailableException">It was made with a key that the ring does not hold, for another row, or is damaged.</exception>
    public byte[] OpenBytes(ReadOnlySpan<byte> seal, long owner, string purpose)
    {
        try
        {
            if (KeyOf(seal) is { } id)
            {
                return Open(ring.Find(id) ?? throw Missing(id), seal[Head..], AssociatedData(owner, purpose));
            }

            if (seal.Length <= 1 + NonceLength + TagLength || seal[0] != FirstVersion)
            {
                throw Damaged(null);
            }

            return OpenByTrying(seal[1..], AssociatedData(owner, purpose));
        }
        catch (CryptographicException error)
        {
            throw Damaged(error);
        }
    }

    private static RegistryUnavailableException Missing(string id) =>
        new($"A secret is sealed under the master key {id}, which is not among the keys that are configured.");

    private static RegistryUnavailableException Damaged(Exception? error) => new("A stored secret does not open: it is damaged, or was moved.", error);

    private static byte[] AssociatedData(long owner, string purpose)
    {
        var data = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(purpose)];
        BinaryPrimitives.WriteInt64BigEndian(data, owner);
        Encoding.UTF8.GetBytes(purpose, data.AsSpan(sizeof(long)));
        return data;
    }

    private byte[] OpenByTrying(ReadOnlySpan<byte> rest, byte[] associated)
    {
        CryptographicException? last = null;
        foreach (var key in ring.Keys)
        {
            try
            {
                return Open(key, rest, associated);
            }
            catch (CryptographicException error)
            {
                last = error;
            }
        }

        throw Damaged(last);
    }

    private byte[] Open(MasterKey key, ReadOnlySpan<byte> rest, byte[] associated)
    {
        var plain = new byte[rest.Length - NonceLength - TagLength];
        using var aes = new AesGcm(SealingKey(key), TagLength);
        aes.Decrypt(rest[..NonceLength], rest[(NonceLength + TagLength)..], rest.Slice(NonceLength, TagLength), plain, associated);
        return plain;
    }

    private byte[] SealingKey(MasterKey key) => sealingKeys.GetOrAdd(key.Id, static (_, master) => master.Derive("secrets 1"), key);
}
