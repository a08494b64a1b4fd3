using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>Opens the mirror's doors: own addresses and certificates, the same bounds on strangers as every device listener.</summary>
internal sealed class MirrorKestrel(
    MirrorOptions options, BoundEndpoints endpoints, FilePoller poller, DescriptorBudget descriptors, ShieldMetrics metrics, TimeProvider time,
    ILogger<MirrorKestrel> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    /// <inheritdoc/>
    public void Configure(KestrelServerOptions kestrel)
    {
        foreach (var listener in options.Listeners)
        {
            kestrel.Listen(IPAddress.Parse(listener.Address), listener.Port, listen => Open(listen, listener));
        }
    }

    private void Open(ListenOptions listen, MirrorListenerOptions options)
    {
        var listener = options.ToListener();
        var door = new DeviceDoor(listener, descriptors, metrics, time, logger);
        var mark = new MirrorConnection(options);
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => context =>
        {
            context.Features.Set(mark);
            return door.AcceptAsync(context, next);
        });
        if (!listener.AllowPlaintext)
        {
            listen.UseTls(door, listener, new DeviceTls(listener, TlsDoor.ServerCertificate(listener, poller, metrics, logger), null));
        }

        endpoints.AddDevice(listener.Name, () => listen.IPEndPoint!);
    }
}
