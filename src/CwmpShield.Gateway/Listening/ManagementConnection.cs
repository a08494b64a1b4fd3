using Microsoft.AspNetCore.Connections;

namespace CwmpShield.Gateway.Listening;

/// <summary>Connection feature: this connection came in by the management listener, as one of a bounded number.</summary>
internal sealed class ManagementConnection
{
    /// <summary>Connections at one time; a browser opens six.</summary>
    public const int MaxConnections = 256;

    private int open;

    /// <summary>Connection middleware that sets the mark.</summary>
    public async Task AcceptAsync(ConnectionContext context, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref open) > MaxConnections)
            {
                context.Abort();
                AcceptTurn.Settled(context);
                return;
            }

            AcceptTurn.Settled(context);
            context.Features.Set(this);
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}
