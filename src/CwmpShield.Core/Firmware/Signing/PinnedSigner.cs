using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>
/// Somebody whose signature the operator takes: a certificate for code signing, or a bare public key. A certificate is pinned itself (its issuer
/// plays no part) and counts while it is valid; a key counts until the operator removes it.
/// </summary>
public sealed class PinnedSigner
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const int LeastRsaBits = 2048;
    private const int LeastEcBits = 256;

    private PinnedSigner(string name, byte[] publicKey, X509Certificate2? certificate) => (Name, PublicKey, Certificate) = (name, publicKey, certificate);

    /// <summary>What the operator calls the signer.</summary>
    public string Name { get; }

    /// <summary>When the signer's signatures end to count; <see cref="DateTimeOffset.MaxValue"/> for a bare key.</summary>
    public DateTimeOffset CountsUntil => Certificate is { } certificate ? new DateTimeOffset(certificate.NotAfter.ToUniversalTime()) : DateTimeOffset.MaxValue;

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo), lower-case hexadecimal.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(PublicKey));

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    internal byte[] PublicKey { get; }

    /// <summary>The pinned certificate; null for a bare key.</summary>
    internal X509Certificate2? Certificate { get; }

    /// <summary>Reads a certificate or public key in PEM; null with a <see cref="SignerReason"/> when it is none that is taken.</summary>
    public static PinnedSigner? Read(string name, string pem, out string reason)
    {
        reason = SignerReason.SignerKeyBad;
        try
        {
            if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] is not ("CERTIFICATE" or "PUBLIC KEY"))
            {
                return null;
            }

            var certificate = pem[fields.Label] is "CERTIFICATE" ? X509Certificate2.CreateFromPem(pem) : null;
            var key = certificate?.PublicKey.ExportSubjectPublicKeyInfo() ?? Convert.FromBase64String(pem[fields.Base64Data]);
            if (!IsStrong(key))
            {
                return null;
            }

            reason = certificate is null || IsForSigning(certificate) ? "" : SignerReason.SignerWrongUsage;
            return reason.Length == 0 ? new PinnedSigner(name, key, certificate) : null;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Why the signer does not count at this instant; empty when it does.</summary>
    public string ReasonAgainst(DateTimeOffset now) =>
        Certificate is null ? ""
        : now >= CountsUntil ? SignerReason.SignerExpired
        : now < new DateTimeOffset(Certificate.NotBefore.ToUniversalTime()) ? SignerReason.SignerNotYetValid
        : "";

    /// <summary>Whether <paramref name="certificate"/> is the pinned one, or holds the pinned key.</summary>
    internal bool Is(X509Certificate2 certificate) =>
        Certificate is { } pinned
            ? pinned.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)
            : PublicKey.AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private static bool IsStrong(byte[] key)
    {
        var read = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(key, out var used);
        using var rsa = read.GetRSAPublicKey();
        using var ecdsa = read.GetECDsaPublicKey();
        return used == key.Length && (rsa?.KeySize >= LeastRsaBits || (ecdsa?.KeySize >= LeastEcBits && ecdsa.ExportParameters(false).Curve.IsNamed));
    }

    private static bool IsForSigning(X509Certificate2 certificate)
    {
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.DigitalSignature;
        return usage.HasFlag(X509KeyUsageFlags.DigitalSignature)
            && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == CodeSigning));
    }
}
