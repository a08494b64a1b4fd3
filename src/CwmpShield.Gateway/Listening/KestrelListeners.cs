using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CwmpShield.Gateway.Listening;

/// <summary>Opens the doors: one Kestrel endpoint per device listener, and the management listener.</summary>
internal sealed class KestrelListeners(
    GatewayOptions options,
    BoundEndpoints endpoints,
    FilePoller poller,
    CertificateDoors doors,
    BufferBudget budget,
    DescriptorBudget descriptors,
    ShieldMetrics metrics,
    TimeProvider time,
    ILogger<KestrelListeners> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    private const int MaxRequestLine = 4 << 10;

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions kestrel)
    {
        SetLimits(kestrel);
        metrics.WatchBuffers(() => budget.Used, budget.Capacity);
        var wanted = options.Listeners.Sum(listener => (long)listener.Limits.MaxConnections);
        if (descriptors.Capacity < wanted)
        {
            ShieldLog.FewOpenFiles(logger, descriptors.Capacity, wanted);
        }

        foreach (var listener in options.Listeners)
        {
            kestrel.Listen(IPAddress.Parse(listener.Address), listener.Port, listen => Open(listen, listener));
        }

        var management = options.Management;
        kestrel.Listen(IPAddress.Parse(management.Address), management.Port, listen =>
        {
            listen.UseManagement(management, poller, metrics, logger);
            endpoints.SetManagement(() => listen.IPEndPoint!);
        });
    }

    /// <summary>Kestrel has one set of limits: the widest of the listeners. The gate and the clock hold each listener to its own.</summary>
    private void SetLimits(KestrelServerOptions kestrel)
    {
        var all = options.Listeners.Select(listener => listener.Limits).ToArray();
        kestrel.AddServerHeader = false;
        // Devices put any byte into headers; Latin-1 reads each of them as one character.
        kestrel.RequestHeaderEncodingSelector = name =>
            name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? LengthEncoding.Instance : System.Text.Encoding.Latin1;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.MaxRequestHeaderCount = all.Max(limits => limits.MaxHeaders);
        kestrel.Limits.MaxRequestHeadersTotalSize = all.Max(limits => limits.MaxHeaderBytes);
        kestrel.Limits.MaxRequestBodySize = all.Max(limits => limits.MaxUpBodyBytes);
        kestrel.Limits.RequestHeadersTimeout = all.Max(limits => limits.HeaderTime);
        kestrel.Limits.KeepAliveTimeout = all.Max(limits => limits.IdleTime);
        var rate = new MinDataRate(all.Min(limits => limits.MinBytesPerSecond), RequestGate.RateGrace);
        kestrel.Limits.MinRequestBodyDataRate = rate;
        kestrel.Limits.MinResponseDataRate = rate;
    }

    private void Open(ListenOptions listen, ListenerOptions listener)
    {
        var door = new DeviceDoor(listener, descriptors, metrics, time, logger);
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => context => door.AcceptAsync(context, next));
        if (!listener.AllowPlaintext)
        {
            listen.UseTls(door, listener, Tls(listener));
        }

        endpoints.AddDevice(listener.Name, () => listen.IPEndPoint!);
    }

    private DeviceTls Tls(ListenerOptions listener)
    {
        var certificate = TlsDoor.ServerCertificate(listener, poller, metrics, logger);
        var authorities = listener.ClientCertificates == ClientCertificatePolicy.None
            ? null
            : poller.Add(new ReloadingFile<ClientCaBundle>(
                "client-ca", [listener.ClientCaPath], () => ClientCaBundle.Load(listener.ClientCaPath), metrics, logger));
        return new DeviceTls(listener, certificate, authorities is null ? null : doors.Open(listener, () => authorities.Current));
    }
}
