using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>An authority of the operator's bundle as the checks of revocation see it.</summary>
public sealed class IssuingAuthority
{
    /// <summary>Reads <paramref name="certificate"/>, which stays the caller's.</summary>
    /// <exception cref="CryptographicException">Its extensions cannot be read.</exception>
    public IssuingAuthority(X509Certificate2 certificate)
    {
        Key = certificate.PublicKey;
        Subject = certificate.Subject;
        Name = certificate.SubjectName.RawData;
        Issuer = IssuerName.Of(Name.Span);
        KeyIdentifier = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes ?? default;
        MaySignLists = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage
            || usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign);
    }

    /// <summary>DER of the distinguished name.</summary>
    public ReadOnlyMemory<byte> Name { get; }

    /// <summary>The name's hash.</summary>
    public IssuerName Issuer { get; }

    /// <summary>Subject key identifier, empty when the certificate has none.</summary>
    public ReadOnlyMemory<byte> KeyIdentifier { get; }

    /// <summary>Whether its key usage lets it sign revocation lists (no key usage lets it).</summary>
    public bool MaySignLists { get; }

    /// <summary>Its key.</summary>
    public PublicKey Key { get; }

    /// <summary>The name as text.</summary>
    public string Subject { get; }

    /// <summary>SHA-1 of the key's bits: how OCSP names a key (RFC 6960, 4.1.1 and 4.2.1).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "OCSP's name of a key; nothing rests on its strength.")]
    public byte[] KeyHash() => SHA1.HashData(Key.EncodedKeyValue.RawData);

    /// <summary>Whether <paramref name="structure"/> carries this authority's signature.</summary>
    internal bool Signed(SignedStructure structure, SignatureScheme scheme) => structure.IsSignedBy(Key, scheme);
}
