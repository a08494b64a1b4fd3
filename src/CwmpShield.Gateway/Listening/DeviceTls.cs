using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CwmpShield.Gateway.Listening;

/// <summary>TLS of one device listener: its certificate, its certification authorities, and what it asks of a client.</summary>
internal sealed class DeviceTls
{
    private readonly ListenerOptions listener;
    private readonly ReloadingFile<SslStreamCertificateContext> certificate;
    private readonly ReloadingFile<ClientCaBundle>? authorities;
    private readonly CipherSuitesPolicy? suites;

    /// <summary>The TLS of <paramref name="listener"/>; <paramref name="authorities"/> is null where no certificate is asked for.</summary>
    public DeviceTls(
        ListenerOptions listener, ReloadingFile<SslStreamCertificateContext> certificate, ReloadingFile<ClientCaBundle>? authorities)
    {
        (this.listener, this.certificate, this.authorities) = (listener, certificate, authorities);
        suites = listener.TlsProfile == TlsProfile.Legacy && !OperatingSystem.IsWindows() ? LegacyCipherSuites.Policy() : null;
    }

    /// <summary>
    /// What the handshake of one connection offers and asks. The same certificate with and without SNI; the chain is built
    /// once, by the policy given here, and <paramref name="connection"/> learns why a certificate was refused.
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

        if (authorities is not null)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = authorities.Current.ChainPolicy();
            options.RemoteCertificateValidationCallback = (_, shown, _, errors) => Accepts(connection, shown, errors);
        }

        return options;
    }

    /// <summary>The server certificate as the handshake wants it; nothing is downloaded to complete its chain.</summary>
    public static SslStreamCertificateContext LoadServerCertificate(CertificateOptions options)
    {
        var file = CertificateFile.Load(options);
        return SslStreamCertificateContext.Create(file.Leaf, file.Chain, offline: true);
    }

    private bool Accepts(DeviceConnection connection, X509Certificate? shown, SslPolicyErrors errors)
    {
        if (shown is null)
        {
            connection.Refusal = ListeningReason.CertificateMissing;
            return listener.ClientCertificates == ClientCertificatePolicy.Allow;
        }

        connection.Refusal = ListeningReason.CertificateUntrusted;
        return errors == SslPolicyErrors.None;
    }
}
