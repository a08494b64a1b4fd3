using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CwmpShield.Gateway.Listening;

/// <summary>TLS of one device listener: its certificate, and what it asks of a client.</summary>
internal sealed class DeviceTls
{
    private readonly ListenerOptions listener;
    private readonly ReloadingFile<SslStreamCertificateContext> certificate;
    private readonly CertificateDoor? door;
    private readonly CipherSuitesPolicy? suites;

    /// <summary>The TLS of <paramref name="listener"/>; <paramref name="door"/> is null where no certificate is asked for.</summary>
    public DeviceTls(ListenerOptions listener, ReloadingFile<SslStreamCertificateContext> certificate, CertificateDoor? door)
    {
        (this.listener, this.certificate, this.door) = (listener, certificate, door);
        suites = listener.TlsProfile == TlsProfile.Legacy && !OperatingSystem.IsWindows() ? LegacyCipherSuites.Policy() : null;
    }

    /// <summary>
    /// What the handshake of one connection offers and asks. The same certificate with and without SNI;
    /// <paramref name="connection"/> learns which certificate was shown, or why it was refused.
    /// </summary>
    public SslServerAuthenticationOptions OptionsFor(DeviceConnection connection)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            AllowTlsResume = listener.AllowTlsResume,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (suites is not null && !OperatingSystem.IsWindows())
        {
            options.CipherSuitesPolicy = suites;
        }

        if (door is not null)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = NoPath();
            options.RemoteCertificateValidationCallback = (_, shown, chain, _) => Accepts(connection, shown, chain);
        }

        return options;
    }

    /// <summary>The server certificate as the handshake wants it; nothing is downloaded to complete its chain.</summary>
    public static SslStreamCertificateContext LoadServerCertificate(CertificateOptions options)
    {
        var file = CertificateFile.Load(options);
        return SslStreamCertificateContext.Create(file.Leaf, file.Chain, offline: true);
    }

    private bool Accepts(DeviceConnection connection, X509Certificate? shown, X509Chain? chain)
    {
        if (shown is not X509Certificate2 certificate)
        {
            connection.Refusal = ListeningReason.CertificateMissing;
            return listener.ClientCertificates == ClientCertificatePolicy.Allow;
        }

        var reason = door!.Admit(certificate, chain?.ChainPolicy.ExtraStore ?? [], out var admitted);
        if (reason.Length > 0)
        {
            connection.Refusal = reason;
            return false;
        }

        connection.Show(admitted, door);
        return true;
    }

    /// <summary>
    /// The platform builds a path before it asks, every time. It is given nothing to build one from, so that this costs next to
    /// nothing; its verdict is not used, the door's is.
    /// </summary>
    private static X509ChainPolicy NoPath() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
