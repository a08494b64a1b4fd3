using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// TLS towards the ACS: its certificate must name the host, and chain to the configured roots or have the pinned key (both,
/// where both are configured). The system's store never counts; without either, no certificate is good.
/// </summary>
internal static class AcsTls
{
    /// <summary>Reads the files that <paramref name="options"/> names.</summary>
    /// <exception cref="CryptographicException">A file holds no certificate.</exception>
    public static SslClientAuthenticationOptions Create(AcsTlsOptions options)
    {
        var tls = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = ChainPolicy(options.CaPath),
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsGood(options, certificate as X509Certificate2, errors),
        };
        if (options.ClientCertificate.Path.Length > 0)
        {
            var own = CertificateFile.Load(options.ClientCertificate);
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(own.Leaf, own.Chain, offline: true);
        }

        return tls;
    }

    private static X509ChainPolicy ChainPolicy(string caPath)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (caPath.Length > 0)
        {
            policy.CustomTrustStore.ImportFromPemFile(caPath);
        }

        return policy;
    }

    private static bool IsGood(AcsTlsOptions options, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return false;
        }

        if (options.PinSha256.Length == 0)
        {
            return options.CaPath.Length > 0 && errors == SslPolicyErrors.None;
        }

        var chainCounts = options.CaPath.Length > 0;
        var others = chainCounts ? errors : errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        var key = Convert.ToHexString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        return others == SslPolicyErrors.None && string.Equals(key, options.PinSha256, StringComparison.OrdinalIgnoreCase);
    }
}
