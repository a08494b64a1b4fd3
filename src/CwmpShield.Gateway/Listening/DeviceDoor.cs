using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// The stages of a connection on one device listener. <see cref="AcceptAsync"/> stands before TLS: places are counted and the
/// PROXY header read while a stranger has cost nothing yet. <see cref="SettleAsync"/> stands behind it.
/// </summary>
internal sealed class DeviceDoor(ListenerOptions listener, DescriptorBudget descriptors, ShieldMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly ConnectionQuota quota = new(listener.Limits);
    private readonly HandshakeQuota handshakes = new(listener.Limits);
    private readonly AddressSet proxies = new(listener.TrustedProxies);

    /// <summary>Exports how many handshakes are in progress.</summary>
    public void WatchHandshakes() => metrics.WatchHandshakes(listener.Name, () => handshakes.Total);

    /// <summary>Accepts a connection, or closes it without an answer.</summary>
    public async Task AcceptAsync(ConnectionContext context, ConnectionDelegate next)
    {
        if (context.RemoteEndPoint is not IPEndPoint endpoint || !descriptors.TryEnter())
        {
            try
            {
                Refuse(context, ListeningReason.TooManyOpenFiles);
            }
            finally
            {
                // A turn that is not given back is one that the listener never has again.
                AcceptTurn.Settled(context);
            }

            return;
        }

        try
        {
            AcceptTurn.Settled(context);
            await TakeAsync(context, endpoint, next);
        }
        finally
        {
            descriptors.Leave();
        }
    }

    /// <summary>Takes in what the handshake has settled.</summary>
    public async Task SettleAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = context.Features.GetRequiredFeature<DeviceConnection>();
        connection.IsTls = true;
        context.Features.GetRequiredFeature<HandshakePlace>().Dispose();
        var handshake = context.Features.GetRequiredFeature<ITlsHandshakeFeature>();
        metrics.TlsHandshake(listener.Name, handshake.Protocol.ToString(), handshake.NegotiatedCipherSuite?.ToString() ?? "unknown");
        await next(context);
    }

    private async Task TakeAsync(ConnectionContext context, IPEndPoint endpoint, ConnectionDelegate next)
    {
        if (!quota.TryEnter())
        {
            Refuse(context, ListeningReason.TooManyConnections);
            return;
        }

        metrics.ConnectionOpened(listener.Name);
        try
        {
            var (reason, source) = await SourceAsync(context, Addresses.Unmap(endpoint));
            if (reason is not null)
            {
                Refuse(context, reason);
                return;
            }

            await AdmitAsync(context, source, next);
        }
        finally
        {
            quota.Leave();
            metrics.ConnectionClosed(listener.Name);
        }
    }

    private async ValueTask<(string? Reason, IPEndPoint Source)> SourceAsync(ConnectionContext context, IPEndPoint peer)
    {
        if (!listener.ProxyProtocol)
        {
            return (null, peer);
        }

        return proxies.Contains(peer.Address)
            ? await ProxyHeaderReader.ReadAsync(context.Transport.Input, peer, listener.Limits.HandshakeTime, time, context.ConnectionClosed)
            : (ListeningReason.ProxyUntrusted, peer);
    }

    private async Task AdmitAsync(ConnectionContext context, IPEndPoint source, ConnectionDelegate next)
    {
        if (!quota.TryEnter(source.Address))
        {
            Refuse(context, ListeningReason.TooManyConnectionsPerAddress);
            return;
        }

        try
        {
            await (listener.AllowPlaintext ? ServeAsync(context, source, next) : ShakeHandsAsync(context, source, next));
        }
        finally
        {
            quota.Leave(source.Address);
        }
    }

    private async Task ShakeHandsAsync(ConnectionContext context, IPEndPoint source, ConnectionDelegate next)
    {
        var (place, reason) = handshakes.Enter(source.Address, () => Refuse(context, ListeningReason.HandshakeDisplaced));
        if (place is null)
        {
            Refuse(context, reason);
            return;
        }

        using (place)
        {
            context.Features.Set(place);
            await ServeAsync(context, source, next);
        }
    }

    private async Task ServeAsync(ConnectionContext context, IPEndPoint source, ConnectionDelegate next)
    {
        var connection = new DeviceConnection
        {
            Listener = listener,
            ConnectionId = context.ConnectionId,
            Source = source,
            Closed = context.ConnectionClosed,
        };
        using var clock = new ConnectionClock(listener.Limits, time, reason => Refuse(context, reason));
        context.RemoteEndPoint = source;
        context.Features.Set<DeviceConnection>(connection);
        context.Features.Set(clock);
        await next(context);
        if (!listener.AllowPlaintext && !connection.IsTls)
        {
            Refuse(context, connection.Refusal);
        }
    }

    private void Refuse(ConnectionContext context, string reason)
    {
        metrics.RequestRejected(listener.Name, reason);
        ShieldLog.ConnectionRefused(logger, listener.Name, reason);
        context.Abort(new ConnectionAbortedException(reason));
    }
}
