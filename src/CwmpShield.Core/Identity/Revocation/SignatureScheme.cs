using System.Formats.Asn1;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>How a certificate, list or response is signed (RFC 5280 4.1.1.2, RFC 4055, RFC 5758).</summary>
/// <param name="Key">The kind of key.</param>
/// <param name="Hash">The hash.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SignatureScheme(SignatureKey Key, HashAlgorithmName Hash)
{
    private static readonly Dictionary<string, SignatureScheme> Known = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = new(SignatureKey.RsaPkcs1, HashAlgorithmName.MD5),
        ["1.2.840.113549.1.1.5"] = new(SignatureKey.RsaPkcs1, HashAlgorithmName.SHA1),
        ["1.2.840.113549.1.1.11"] = new(SignatureKey.RsaPkcs1, HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = new(SignatureKey.RsaPkcs1, HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = new(SignatureKey.RsaPkcs1, HashAlgorithmName.SHA512),
        ["1.2.840.10045.4.1"] = new(SignatureKey.Ecdsa, HashAlgorithmName.SHA1),
        ["1.2.840.10045.4.3.2"] = new(SignatureKey.Ecdsa, HashAlgorithmName.SHA256),
        ["1.2.840.10045.4.3.3"] = new(SignatureKey.Ecdsa, HashAlgorithmName.SHA384),
        ["1.2.840.10045.4.3.4"] = new(SignatureKey.Ecdsa, HashAlgorithmName.SHA512),
    };

    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new(StringComparer.Ordinal)
    {
        ["1.3.14.3.2.26"] = HashAlgorithmName.SHA1,
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>Reads an AlgorithmIdentifier; false for what the gateway doesn't know, RSA-PSS with odd parameters among it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> algorithmIdentifier, out SignatureScheme scheme)
    {
        scheme = default;
        try
        {
            var reader = new AsnReader(algorithmIdentifier, AsnEncodingRules.DER).ReadSequence();
            var oid = reader.ReadObjectIdentifier();
            return string.Equals(oid, RsaPss, StringComparison.Ordinal) ? TryReadPss(reader, out scheme) : Known.TryGetValue(oid, out scheme);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether <paramref name="signature"/> over <paramref name="data"/> was made with the key that belongs to <paramref name="key"/>.</summary>
    public bool Verifies(PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (Key == SignatureKey.Ecdsa)
            {
                using var ec = key.GetECDsaPublicKey();
                return ec is not null && ec.VerifyData(data, signature, Hash, DSASignatureFormat.Rfc3279DerSequence);
            }

            using var rsa = key.GetRSAPublicKey();
            var padding = Key == SignatureKey.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            return Key != SignatureKey.Unknown && rsa is not null && rsa.VerifyData(data, signature, Hash, padding);
        }
        catch (CryptographicException)
        {
            // A key or signature that the platform cannot even load verifies nothing.
            return false;
        }
    }

    /// <summary>RSASSA-PSS-params (RFC 4055, 3.1): the salt must be as long as the hash, and the mask's hash the same.</summary>
    private static bool TryReadPss(AsnReader identifier, out SignatureScheme scheme)
    {
        scheme = default;
        if (!identifier.HasData)
        {
            return false;
        }

        var parameters = identifier.ReadSequence();
        var hash = ReadHash(Explicit(parameters, 0));
        var mask = Explicit(parameters, 1)?.ReadSequence();
        _ = mask?.ReadObjectIdentifier();
        var maskHash = ReadHash(mask);
        var saltLength = 20;
        if (Explicit(parameters, 2) is { } salt && !salt.TryReadInt32(out saltLength))
        {
            return false;
        }

        scheme = new(SignatureKey.RsaPss, hash);
        return hash.Name is not null && hash == maskHash && saltLength == HashLength(hash);
    }

    private static AsnReader? Explicit(AsnReader reader, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true);
        return reader.HasData && reader.PeekTag() == tag ? reader.ReadSequence(tag) : null;
    }

    private static HashAlgorithmName ReadHash(AsnReader? holder) =>
        holder is null ? HashAlgorithmName.SHA1 : Hashes.GetValueOrDefault(holder.ReadSequence().ReadObjectIdentifier());

    private static int HashLength(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA1 ? 20 : hash == HashAlgorithmName.SHA256 ? 32 : hash == HashAlgorithmName.SHA384 ? 48 : 64;
}

/// <summary>The kind of key that signs.</summary>
public enum SignatureKey
{
    /// <summary>None that the gateway knows.</summary>
    Unknown = 0,

    /// <summary>RSA with the padding of PKCS#1 version 1.5.</summary>
    RsaPkcs1,

    /// <summary>RSA-PSS.</summary>
    RsaPss,

    /// <summary>ECDSA.</summary>
    Ecdsa,
}
