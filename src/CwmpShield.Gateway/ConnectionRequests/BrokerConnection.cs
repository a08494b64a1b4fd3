using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Connections;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Connection feature: this connection came in by the broker's listener, from an address where ACSs are.</summary>
/// <param name="Acs">That address; IPv4-mapped is unmapped.</param>
internal sealed record BrokerConnection(IPAddress Acs);

/// <summary>Lets connections of listed ACS networks in and hangs up on everybody else, before TLS.</summary>
internal sealed class BrokerDoor(ConnectionRequestOptions options, ConnectionRequestMetrics metrics)
{
    private const int MaxConnections = 16_384;
    private readonly AddressSet networks = new(options.AcsNetworks);
    private int connections;

    /// <summary>Connection middleware.</summary>
    public async Task AcceptAsync(ConnectionContext context, ConnectionDelegate next)
    {
        AcceptTurn.Settled(context);
        var acs = context.RemoteEndPoint is IPEndPoint peer ? Addresses.Unmap(peer).Address : null;
        if (acs is null || !networks.Contains(acs))
        {
            metrics.Answered(0, BrokerReason.AcsUnlisted);
            context.Abort(new ConnectionAbortedException(BrokerReason.AcsUnlisted));
            return;
        }

        try
        {
            if (Interlocked.Increment(ref connections) > MaxConnections)
            {
                metrics.Answered(0, ListeningReason.TooManyConnections);
                context.Abort(new ConnectionAbortedException(ListeningReason.TooManyConnections));
                return;
            }

            context.Features.Set(new BrokerConnection(acs));
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }
}
