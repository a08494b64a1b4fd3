using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.Storage;

/// <summary>The key that everything secret in the store is sealed under. Purposes get keys of their own derived from it.</summary>
public sealed class MasterKey
{
    private const int Length = 32;
    private const string HowToMake = "Make one with: (umask 077; openssl rand -base64 32 > FILE). Keep it: without it the stored secrets are lost.";

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

    /// <summary>Reads a file that holds 32 bytes as base64 or as hexadecimal digits.</summary>
    /// <exception cref="StoreException">There is no such file, or it holds something else.</exception>
    public static MasterKey Read(string path)
    {
        if (path.Length == 0)
        {
            throw new StoreException($"No key file is configured for the store's secrets. {HowToMake}");
        }

        string text;
        try
        {
            using var reader = new StreamReader(path, Encoding.ASCII);
            var buffer = new char[256];
            text = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The key file '{path}' cannot be read: {error.Message} {HowToMake}", error);
        }

        Span<byte> key = stackalloc byte[Length];
        var isHex = text.Length == Length * 2 && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done;
        if (!isHex && (!Convert.TryFromBase64String(text, key, out var written) || written != Length))
        {
            throw new StoreException($"The key file '{path}' must hold 32 bytes as base64 or as 64 hexadecimal digits. {HowToMake}");
        }

        return new MasterKey(key.ToArray());
    }

    /// <summary>The key as base64, for a key file that its owner alone may read.</summary>
    public string Export() => Convert.ToBase64String(bytes);

    /// <summary>A key of 32 bytes for one purpose.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Length, info: Encoding.UTF8.GetBytes($"cwmpshield {purpose}"));
}
