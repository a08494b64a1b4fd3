using Microsoft.AspNetCore.Connections;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Connection feature: this connection is accepted and its door has not looked at it yet. It is one of a few that may be so at one time,
/// until the door says that it is <see cref="Settled"/>.
/// </summary>
internal sealed class AcceptTurn(SemaphoreSlim turns)
{
    private int isOver;

    /// <summary>The door of <paramref name="context"/> has decided: the connection is counted by it, or closed.</summary>
    public static void Settled(ConnectionContext context) => context.Features.Get<AcceptTurn>()?.End();

    /// <summary>Gives the turn back, once.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
        {
            turns.Release();
        }
    }
}
