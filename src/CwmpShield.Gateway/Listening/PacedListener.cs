using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// A listening socket that accepts no faster than its door decides. The framework's own accepts whatever has come: under a flood hundreds of
/// connections hold an open file each before any bound on them has been asked, and when no file can be opened it tries again at once.
/// What is not accepted waits in the system's queue, which is bounded and costs no file.
/// </summary>
internal sealed class PacedListener(Socket socket, SocketConnectionContextFactory connections, TimeProvider time) : IConnectionListener
{
    /// <summary>Connections of one listener that are accepted and not yet looked at, with the one that is waited for.</summary>
    internal const int MaxUnsettled = 8;

    /// <summary>How long nothing is accepted when the system had no open file for a connection.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim turns = new(MaxUnsettled);
    private readonly CancellationTokenSource closed = new();

    /// <inheritdoc/>
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                await turns.WaitAsync(closed.Token);
                var turn = new AcceptTurn(turns);
                if (await TryAcceptAsync(turn) is { } connection)
                {
                    return connection;
                }

                turn.End();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        closed.Cancel();
        socket.Dispose();
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>The next connection, or null: it was reset before it was accepted, or there was no open file for it.</summary>
    private async ValueTask<ConnectionContext?> TryAcceptAsync(AcceptTurn turn)
    {
        Socket? accepted = null;
        try
        {
            accepted = await socket.AcceptAsync(closed.Token);
            accepted.NoDelay = true;
            var connection = connections.Create(accepted);
            connection.Features.Set(turn);
            return connection;
        }
        catch (SocketException e)
        {
            accepted?.Dispose();
            if (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await Task.Delay(Pause, time, closed.Token);
            }

            closed.Token.ThrowIfCancellationRequested();
            return null;
        }
    }
}
