using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>A certificate with its key and the chain that stands in its file.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Chain">Issuers that came with it; may be empty.</param>
public sealed record CertificateFile(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    private static ReadOnlySpan<byte> PemMark => "-----BEGIN "u8;

    /// <summary>
    /// Loads a PEM (chain and key in one file or two) or PFX. Throws <see cref="CryptographicException"/> when it isn't one,
    /// when the key is missing or another's, and <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when a
    /// file cannot be read.
    /// </summary>
    public static CertificateFile Load(CertificateOptions options)
    {
        var bytes = File.ReadAllBytes(options.Path);
        var password = options.PasswordFile.Length == 0 ? null : File.ReadLines(options.PasswordFile).FirstOrDefault("");
        try
        {
            return bytes.AsSpan().IndexOf(PemMark) < 0
                ? LoadPfx(bytes, password)
                : LoadPem(Encoding.UTF8.GetString(bytes), options.KeyPath, password);
        }
        catch (ArgumentException mismatch)
        {
            throw new CryptographicException(mismatch.Message, mismatch);
        }
    }

    private static CertificateFile LoadPem(string pem, string keyPath, string? password)
    {
        var key = keyPath.Length == 0 ? pem : File.ReadAllText(keyPath);
        var leaf = password is null
            ? X509Certificate2.CreateFromPem(pem, key)
            : X509Certificate2.CreateFromEncryptedPem(pem, key, password);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        return new(leaf, Without(chain, leaf));
    }

    private static CertificateFile LoadPfx(byte[] bytes, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.EphemeralKeySet);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("No certificate of the file has its private key beside it.");
        return new(leaf, Without(all, leaf));
    }

    private static X509Certificate2Collection Without(X509Certificate2Collection all, X509Certificate2 leaf) =>
        [.. all.Where(certificate => !certificate.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))];
}
