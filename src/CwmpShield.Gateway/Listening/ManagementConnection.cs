using Microsoft.AspNetCore.Connections;

namespace CwmpShield.Gateway.Listening;

/// <summary>Connection feature: this connection came in by the management listener.</summary>
internal sealed class ManagementConnection
{
    private static readonly ManagementConnection Mark = new();

    private ManagementConnection()
    {
    }

    /// <summary>Connection middleware that sets the mark.</summary>
    public static Task MarkAsync(ConnectionContext context, Func<Task> next)
    {
        context.Features.Set(Mark);
        return next();
    }
}
