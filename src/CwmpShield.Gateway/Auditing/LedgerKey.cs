using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing;

/// <summary>The key of a node's checkpoints: ECDSA on P-256.</summary>
public sealed class LedgerKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ECDsa key;

    private LedgerKey(ECDsa key)
    {
        this.key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Id = IdOf(PublicKey);
    }

    /// <summary>Names it: 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>SubjectPublicKeyInfo (RFC 5280 4.1.2.7), DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A key that nothing keeps, for demonstrations and tests.</summary>
    public static LedgerKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a PEM or PKCS#12 file; a file that is missing is made, readable by its owner alone. An empty path gives a key that nothing keeps.</summary>
    /// <exception cref="CryptographicException">The file holds no ECDSA P-256 key, or the password is another.</exception>
    /// <exception cref="IOException">It cannot be read or made; so does <see cref="UnauthorizedAccessException"/>.</exception>
    public static LedgerKey Open(string path, string passwordFile)
    {
        if (path.Length == 0)
        {
            return Create();
        }

        if (!File.Exists(path))
        {
            return Make(path);
        }

        var password = passwordFile.Length == 0 ? null : File.ReadLines(passwordFile).FirstOrDefault("");
        var bytes = File.ReadAllBytes(path);
        try
        {
            return Fitting(bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0 ? OfPem(System.Text.Encoding.UTF8.GetString(bytes), password) : OfPkcs12(bytes, password), path);
        }
        catch (ArgumentException broken)
        {
            throw new CryptographicException($"{path} holds no private key in PEM or PKCS#12: {broken.Message}", broken);
        }
    }

    /// <summary>Names a public key: the first 16 hexadecimal digits of its SHA-256.</summary>
    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    /// <summary>Signs that a chain has this head.</summary>
    public AuditCheckpoint Sign(LedgerTip tip, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(tip);
        var plain = new AuditCheckpoint(tip.Node, tip.Sequence, at, Convert.ToHexStringLower(tip.Head), Id, "");
        lock (key)
        {
            return plain with { Signature = Convert.ToBase64String(key.SignData(plain.Statement(), HashAlgorithmName.SHA256)) };
        }
    }

    /// <summary>Signs the SHA-256 of a file, in DER (RFC 3279), as openssl verifies it. No file begins like a checkpoint's statement.</summary>
    public byte[] SignHash(byte[] sha256)
    {
        lock (key)
        {
            return key.SignHash(sha256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static LedgerKey Make(string path)
    {
        var made = Create();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(File.Open(path, options));
        writer.WriteLine(made.key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    private static ECDsa OfPem(string pem, string? password)
    {
        var read = ECDsa.Create();
        if (password is null)
        {
            read.ImportFromPem(pem);
        }
        else
        {
            read.ImportFromEncryptedPem(pem, password);
        }

        return read;
    }

    private static ECDsa OfPkcs12(byte[] bytes, string? password)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(bytes, password, X509KeyStorageFlags.EphemeralKeySet);
        return certificate.GetECDsaPrivateKey() ?? throw new CryptographicException("The PKCS#12 file has no ECDSA key.");
    }

    private static LedgerKey Fitting(ECDsa key, string path) => key.KeySize == 256
        ? new LedgerKey(key)
        : throw new CryptographicException($"{path} holds a key of {key.KeySize} bits; checkpoints are signed with ECDSA on P-256.");
}
