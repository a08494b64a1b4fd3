using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.ConnectionRequests;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// What is asked of an https device's certificate. With authorities, it must come from one of them; its name is not compared, because
/// devices are called by addresses that change. Without, any certificate will do: devices sign their own.
/// </summary>
internal sealed class DeviceTrust
{
    private readonly X509Certificate2Collection? roots;

    private DeviceTrust(X509Certificate2Collection? roots) => this.roots = roots;

    /// <summary>Reads the authorities; <paramref name="path"/> is empty where there are none.</summary>
    public static DeviceTrust Load(string path)
    {
        if (path.Length == 0)
        {
            return new DeviceTrust(null);
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return new DeviceTrust(authorities);
    }

    /// <summary>The handshake with one device.</summary>
    public SslClientAuthenticationOptions OptionsFor(DeviceEndpoint endpoint) => new()
    {
        TargetHost = endpoint.Host.Name,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        RemoteCertificateValidationCallback = (_, shown, chain, _) => Accepts(shown, chain),
    };

    private bool Accepts(X509Certificate? shown, X509Chain? sent)
    {
        if (shown is not X509Certificate2 certificate)
        {
            return false;
        }

        if (roots is null)
        {
            return true;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(certificate);
    }
}
