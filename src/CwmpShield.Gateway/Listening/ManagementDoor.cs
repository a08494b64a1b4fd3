using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Listening;

/// <summary>The door of the management listener: bounded in connections, marked, and with TLS where it has a certificate.</summary>
internal static class ManagementDoor
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>Makes <paramref name="listen"/> the management listener.</summary>
    public static void UseManagement(this ListenOptions listen, ManagementOptions options, FilePoller poller, ShieldMetrics metrics, ILogger logger)
    {
        listen.Protocols = HttpProtocols.Http1;
        var connection = new ManagementConnection();
        listen.Use(next => context => connection.AcceptAsync(context, next));
        if (options.HasTls)
        {
            listen.UseHttps(Tls(options.Certificate, poller, metrics, logger));
        }
    }

    private static TlsHandshakeCallbackOptions Tls(CertificateOptions file, FilePoller poller, ShieldMetrics metrics, ILogger logger)
    {
        var certificate = poller.Add(new ReloadingFile<SslStreamCertificateContext>(
            "management-certificate", [file.Path, file.KeyPath, file.PasswordFile], () => DeviceTls.LoadServerCertificate(file), metrics, logger));
        metrics.WatchCertificate("management", () => certificate.Current.TargetCertificate.NotAfter.ToUniversalTime());
        return new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTime,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                AllowRenegotiation = false,
                AllowTlsResume = false,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            }),
        };
    }
}
