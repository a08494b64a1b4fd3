using System.Security.Cryptography;

namespace CwmpShield.Core.Rules.Signing;

/// <summary>Detached signatures: ECDSA P-256 (DER, as <c>openssl dgst -sha256 -sign</c> makes them) or RSA-PSS with SHA-256.</summary>
public static class RuleSignature
{
    private const int LeastRsaBits = 2048;

    /// <summary>Signs with a private key in PEM; null when the key is of no such kind.</summary>
    public static byte[]? Sign(ReadOnlySpan<byte> data, string privateKeyPem)
    {
        try
        {
            if (TryEcdsa(privateKeyPem) is { } ecdsa)
            {
                using (ecdsa)
                {
                    return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                }
            }

            using var rsa = RSA.Create();
            rsa.ImportFromPem(privateKeyPem);
            return rsa.KeySize >= LeastRsaBits ? rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) : null;
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the signature is that of the key's owner.</summary>
    public static bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, string publicKeyPem)
    {
        try
        {
            if (TryEcdsa(publicKeyPem) is { } ecdsa)
            {
                using (ecdsa)
                {
                    return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                }
            }

            using var rsa = RSA.Create();
            rsa.ImportFromPem(publicKeyPem);
            return rsa.KeySize >= LeastRsaBits && rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static ECDsa? TryEcdsa(string pem)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(pem);
            if (ecdsa.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return ecdsa;
            }
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            // Not an elliptic-curve key: the caller tries the other kind.
        }

        ecdsa.Dispose();
        return null;
    }
}
