using System.Security.Cryptography;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>The keys whose checkpoints are believed.</summary>
public sealed class LedgerTrust : IDisposable
{
    private readonly Dictionary<string, ECDsa> keys = new(StringComparer.Ordinal);

    /// <summary>Names of the keys.</summary>
    public IReadOnlyCollection<string> Ids => keys.Keys;

    /// <summary>Trusts a key: SubjectPublicKeyInfo, DER.</summary>
    /// <exception cref="CryptographicException">It is no ECDSA key on P-256.</exception>
    public void Add(ReadOnlySpan<byte> publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        if (key.KeySize != 256)
        {
            throw new CryptographicException($"The key has {key.KeySize} bits; checkpoints are signed with ECDSA on P-256.");
        }

        if (!keys.TryAdd(LedgerKey.IdOf(key.ExportSubjectPublicKeyInfo()), key))
        {
            key.Dispose();
        }
    }

    /// <summary>Trusts the key of a file: a public or private key or a certificate in PEM, or PKCS#12.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passwordFile">File whose first line is its password; empty for none.</param>
    /// <exception cref="CryptographicException">There is no ECDSA key on P-256 in it.</exception>
    /// <exception cref="IOException">It cannot be read; so says <see cref="UnauthorizedAccessException"/>.</exception>
    public void AddFile(string path, string passwordFile)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException($"There is no key file '{path}'.", path);
        if (text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(text);
            Add(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        }
        else if (text.Contains("-----BEGIN PUBLIC KEY-----", StringComparison.Ordinal))
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text);
            Add(key.ExportSubjectPublicKeyInfo());
        }
        else
        {
            using var key = LedgerKey.Open(path, passwordFile);
            Add(key.PublicKey);
        }
    }

    /// <summary>Whether the checkpoint's key is trusted.</summary>
    internal bool Knows(AuditCheckpoint checkpoint) => keys.ContainsKey(checkpoint.KeyId);

    /// <summary>Whether a trusted key signed the checkpoint.</summary>
    internal bool Vouches(AuditCheckpoint checkpoint)
    {
        Span<byte> signature = stackalloc byte[64];
        return keys.TryGetValue(checkpoint.KeyId, out var key)
            && Convert.TryFromBase64String(checkpoint.Signature, signature, out var length)
            && length == signature.Length
            && key.VerifyData(checkpoint.Statement(), signature, HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
