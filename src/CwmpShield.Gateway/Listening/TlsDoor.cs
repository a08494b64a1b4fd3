using System.Net.Security;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Listening;

/// <summary>What every door with TLS has: the handshake between accepting a connection and settling who it is, and a certificate that is read again.</summary>
internal static class TlsDoor
{
    /// <summary>Puts the handshake behind <paramref name="door"/>, and settles the connection after it.</summary>
    public static void UseTls(this ListenOptions listen, DeviceDoor door, ListenerOptions listener, DeviceTls tls)
    {
        door.WatchHandshakes();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = listener.Limits.HandshakeTime,
            OnConnection = context => ValueTask.FromResult(tls.OptionsFor(context.Connection.Features.GetRequiredFeature<DeviceConnection>())),
        });
        listen.Use(next => context => door.SettleAsync(context, next));
    }

    /// <summary>The listener's certificate, read again when its files change, its end among the metrics.</summary>
    public static ReloadingFile<SslStreamCertificateContext> ServerCertificate(ListenerOptions listener, FilePoller poller, ShieldMetrics metrics, ILogger logger)
    {
        var file = listener.Certificate;
        var certificate = poller.Add(new ReloadingFile<SslStreamCertificateContext>(
            "server-certificate", [file.Path, file.KeyPath, file.PasswordFile], () => DeviceTls.LoadServerCertificate(file), metrics, logger));
        metrics.WatchCertificate(listener.Name, () => certificate.Current.TargetCertificate.NotAfter.ToUniversalTime());
        return certificate;
    }
}
