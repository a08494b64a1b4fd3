using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage;

/// <summary>The key that everything secret in the store is sealed under. Purposes get keys of their own derived from it.</summary>
public sealed class MasterKey
{
    private const int Length = 32;

    private readonly byte[] bytes;

    private MasterKey(byte[] bytes)
    {
        this.bytes = bytes;
        Id = Convert.ToHexStringLower(Derive("key id").AsSpan(0, 8));
    }

    /// <summary>Names the key without telling it: 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>A new random key, for demos and tests.</summary>
    public static MasterKey Create() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads 32 bytes as base64 or as hexadecimal digits; null when the text is something else.</summary>
    public static MasterKey? Parse(ReadOnlySpan<char> text)
    {
        Span<byte> key = stackalloc byte[Length];
        var isHex = text.Length == Length * 2 && Convert.FromHexString(text, key, out _, out _) == OperationStatus.Done;
        return isHex || (Convert.TryFromBase64Chars(text, key, out var written) && written == Length) ? new MasterKey(key.ToArray()) : null;
    }

    /// <summary>Reads a file that holds one key or several; the newest of them.</summary>
    /// <exception cref="StoreException">There is no such file, others may read it, or it holds something else.</exception>
    public static MasterKey Read(string path) => KeyRing.Read(new KeySource.InFile(path)).Newest;

    /// <summary>The key as base64, for a key file that its owner alone may read.</summary>
    public string Export() => Convert.ToBase64String(bytes);

    /// <summary>A key of 32 bytes for one purpose.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Length, info: Encoding.UTF8.GetBytes($"cwmpshield {purpose}"));
}
