using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Gateway.Listening;

/// <summary>The operator's own certification authorities for device certificates, and the only ones that count.</summary>
public sealed class ClientCaBundle
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2Collection roots = [];
    private readonly X509Certificate2Collection intermediates = [];

    private ClientCaBundle(X509Certificate2Collection all)
    {
        foreach (var certificate in all)
        {
            var selfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            (selfIssued ? roots : intermediates).Add(certificate);
        }

        Authorities = [.. all.Select(certificate => new IssuingAuthority(certificate))];
    }

    /// <summary>Roots and intermediates, as the checks of revocation see them.</summary>
    public IReadOnlyList<IssuingAuthority> Authorities { get; }

    /// <summary>
    /// Loads a PEM bundle. Throws <see cref="CryptographicException"/> when it holds no root, and <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> when it cannot be read.
    /// </summary>
    public static ClientCaBundle Load(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        var bundle = new ClientCaBundle(all);
        return bundle.roots.Count > 0
            ? bundle
            : throw new CryptographicException("The bundle holds no self-signed root certificate.");
    }

    /// <summary>
    /// How a device's chain is built: from these roots alone, never from the system's store, for client authentication, and
    /// without following any address that the certificate names (AIA, CRL, OCSP): a stranger wrote it.
    /// </summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(intermediates);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }
}
