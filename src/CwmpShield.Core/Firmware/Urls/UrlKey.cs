using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CwmpShield.Core.Firmware.Urls;

/// <summary>A key that signs URLs: a secret for HMAC-SHA-256, or an ECDSA key on P-256 (its public half suffices to check). Secret material leaves it in no form.</summary>
public sealed class UrlKey
{
    private const int LeastSecretBytes = 32;
    private const int MostSecretBytes = 1024;
    private const int MaxIdLength = 16;
    private const int P256Bits = 256;

    private readonly byte[]? secret;
    private readonly string? pem;

    private UrlKey(string id, byte[]? secret, string? pem) => (Id, this.secret, this.pem) = (id, secret, pem);

    /// <summary>Id, as it stands in the URL.</summary>
    public string Id { get; }

    /// <summary>FileTypes for which the signature alone vouches, though no artefact is listed; the default value is <c>3</c> (vendor configuration file).</summary>
    public ImmutableArray<string> FileTypes { get; init; } = ["3"];

    /// <summary>The key for other file types.</summary>
    public UrlKey For(IEnumerable<string> fileTypes) => new(Id, secret, pem) { FileTypes = [.. fileTypes] };

    /// <summary>Reads a key: a secret of 32 bytes and more in hexadecimal or base64, or an EC key on P-256 in PEM. Null when it is neither, or the id is not letters, digits, <c>-</c> and <c>_</c> (16 at most).</summary>
    public static UrlKey? Read(string id, string text)
    {
        if (id.Length is 0 or > MaxIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportFromPem(text);
                return ecdsa.KeySize == P256Bits ? new UrlKey(id, null, text) : null;
            }

            var word = text.Trim();
            var isHex = word.Length % 2 == 0 && word.All(char.IsAsciiHexDigit);
            var bytes = isHex ? Convert.FromHexString(word) : Convert.FromBase64String(word);
            return bytes.Length is >= LeastSecretBytes and <= MostSecretBytes ? new UrlKey(id, bytes, null) : null;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The signature over <paramref name="text"/>; null when the key has no private half.</summary>
    internal byte[]? Sign(ReadOnlySpan<byte> text)
    {
        if (secret is not null)
        {
            return HMACSHA256.HashData(secret, text);
        }

        try
        {
            using var ecdsa = Ecdsa();
            return ecdsa.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the signature is this key's over <paramref name="text"/>; ECDSA as two fixed fields (64 bytes) or as DER.</summary>
    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (secret is not null)
        {
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, text), signature);
        }

        const int fixedFields = 64;
        using var ecdsa = Ecdsa();
        var form = signature.Length == fixedFields ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence;
        return ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA256, form);
    }

    private ECDsa Ecdsa()
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(pem);
        return ecdsa;
    }
}
