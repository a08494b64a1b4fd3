using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What a certificate must be, beyond a valid path, to speak for a device. The same floor holds for lists and OCSP responses.</summary>
public sealed record CertificatePolicy
{
    private const string ExtendedKeyUsage = "2.5.29.37";

    /// <summary>Bits of the smallest RSA key, roots included. The default value is 2,048.</summary>
    public int MinRsaBits { get; init; } = 2048;

    /// <summary>Bits of the smallest elliptic-curve key, roots included. The default value is 256.</summary>
    public int MinEcBits { get; init; } = 256;

    /// <summary>Whether SHA-1 signatures count below the root, for fleets whose certificates cannot be replaced. The default value is false; MD5 never counts.</summary>
    public bool AllowSha1 { get; init; }

    /// <summary>Authorities between a device's certificate and its root, at most. The default value is 4.</summary>
    public int MaxIntermediates { get; init; } = 4;

    /// <summary>
    /// Whether a device's certificate must carry clientAuth among its extended key usages. The default value is false: one
    /// without that extension is good for any use (RFC 5280, 4.2.1.12); one that has it and doesn't name clientAuth never is.
    /// </summary>
    public bool RequireClientAuth { get; init; }

    /// <summary>Judges a path that has been built and verified, device first, root last; an empty word when nothing stands against it.</summary>
    public string Judge(IReadOnlyList<X509Certificate2> path)
    {
        try
        {
            return JudgePath(path);
        }
        catch (CryptographicException)
        {
            // Extensions are parsed where they are read.
            return CertificateReason.Unreadable;
        }
    }

    /// <summary>Whether the key is of a kind that the gateway knows and large enough.</summary>
    public bool Accepts(PublicKey key)
    {
        try
        {
            using var rsa = key.GetRSAPublicKey();
            if (rsa is not null)
            {
                return rsa.KeySize >= MinRsaBits;
            }

            // Parameters that are spelled out instead of named let a key pass for another's (CVE-2020-0601).
            using var ec = key.GetECDsaPublicKey();
            return ec is not null && ec.KeySize >= MinEcBits && key.EncodedParameters?.RawData is [0x06, ..];
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether the signature is strong enough.</summary>
    public bool Accepts(SignatureScheme scheme) =>
        scheme.Key != SignatureKey.Unknown
        && scheme.Hash != HashAlgorithmName.MD5
        && (AllowSha1 || scheme.Hash != HashAlgorithmName.SHA1);

    private string JudgePath(IReadOnlyList<X509Certificate2> path)
    {
        var device = path[0];
        if (path.Count - 2 > MaxIntermediates)
        {
            return CertificateReason.ChainTooLong;
        }

        if (device.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
        {
            return CertificateReason.OfAuthority;
        }

        if (RequireClientAuth && !device.Extensions.Any(x => string.Equals(x.Oid?.Value, ExtendedKeyUsage, StringComparison.Ordinal)))
        {
            return CertificateReason.Usage;
        }

        if (!path.All(certificate => Accepts(certificate.PublicKey)))
        {
            return CertificateReason.KeyWeak;
        }

        // A root is trusted for being in the bundle, not for its signature.
        return path.Take(Math.Max(1, path.Count - 1)).All(IsSignedWell) ? "" : CertificateReason.AlgorithmWeak;
    }

    private bool IsSignedWell(X509Certificate2 certificate)
    {
        try
        {
            return SignatureScheme.TryRead(SignedStructure.Read(certificate.RawDataMemory).Algorithm, out var scheme) && Accepts(scheme);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
