using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>
/// Bare signatures over SHA-256: ECDSA as DER, the form of <c>openssl dgst -sha256 -sign</c> and of cosign, and RSA-PSS with a salt
/// of any length. RSA with PKCS#1 v1.5 is taken inside CMS only.
/// </summary>
internal static class RawSignature
{
    /// <summary>Whether the signer's key has made the signature over data of this SHA-256.</summary>
    public static bool Verify(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature, PinnedSigner signer)
    {
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(signer.PublicKey, out _);
            using var ecdsa = key.GetECDsaPublicKey();
            if (ecdsa is not null)
            {
                return ecdsa.VerifyHash(sha256, signature, DSASignatureFormat.Rfc3279DerSequence);
            }

            using var rsa = key.GetRSAPublicKey();
            return rsa is not null && PssEncoding.Verify(rsa.ExportParameters(false), sha256, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
