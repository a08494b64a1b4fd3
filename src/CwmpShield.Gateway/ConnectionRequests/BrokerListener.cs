using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Opens the broker's door beside those of the devices.</summary>
internal sealed class BrokerListener(
    ConnectionRequestOptions options,
    BrokerDoor door,
    BoundEndpoints endpoints,
    FilePoller poller,
    ShieldMetrics metrics,
    ILogger<BrokerListener> logger) : IConfigureOptions<KestrelServerOptions>
{
    /// <inheritdoc/>
    public void Configure(KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => context => door.AcceptAsync(context, next));
        if (options.Certificate.Path.Length > 0)
        {
            listen.UseHttps(Tls());
        }

        endpoints.SetBroker(() => listen.IPEndPoint!);
    });

    private TlsHandshakeCallbackOptions Tls()
    {
        var file = options.Certificate;
        var certificate = poller.Add(new ReloadingFile<SslStreamCertificateContext>(
            "broker-certificate", [file.Path, file.KeyPath, file.PasswordFile], () => DeviceTls.LoadServerCertificate(file), metrics, logger));
        var authorities = options.ClientCaPath.Length == 0
            ? null
            : poller.Add(new ReloadingFile<ClientCaBundle>("broker-client-ca", [options.ClientCaPath], () => ClientCaBundle.Load(options.ClientCaPath), metrics, logger));
        return new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(5),
            OnConnection = _ => ValueTask.FromResult(Handshake(certificate.Current, authorities?.Current)),
        };
    }

    private static SslServerAuthenticationOptions Handshake(SslStreamCertificateContext certificate, ClientCaBundle? authorities)
    {
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (authorities is not null)
        {
            handshake.ClientCertificateRequired = true;
            handshake.CertificateChainPolicy = authorities.ChainPolicy();
            handshake.RemoteCertificateValidationCallback = (_, shown, _, errors) => shown is not null && errors == SslPolicyErrors.None;
        }

        return handshake;
    }
}
