using System.Net;
using System.Net.Sockets;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>Connections that are accepted before their door has looked at them.</summary>
public sealed class PacedListenerTests
{
    [Fact]
    public async Task Accepts_no_more_than_eight_before_their_door_decides_and_one_for_each_decision()
    {
        using var factory = Factory();
        await using var listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var clients = await ConnectAsync(listener, PacedListener.MaxUnsettled + 2);
        var accepted = new List<ConnectionContext>();
        for (var i = 0; i < PacedListener.MaxUnsettled; i++)
        {
            accepted.Add((await listener.AcceptAsync())!);
        }

        var next = listener.AcceptAsync().AsTask();
        Assert.False(next.IsCompleted);
        AcceptTurn.Settled(accepted[3]);
        AcceptTurn.Settled(accepted[3]);
        accepted.Add((await next)!);
        var another = listener.AcceptAsync().AsTask();

        Assert.False(another.IsCompleted);
        await listener.UnbindAsync();
        Assert.Null(await another);
        await CloseAsync(accepted, clients);
    }

    [Fact]
    public async Task Ends_when_it_is_unbound_while_it_waits_for_somebody_to_come()
    {
        using var factory = Factory();
        await using var listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var next = listener.AcceptAsync().AsTask();

        await listener.UnbindAsync();

        Assert.Null(await next);
        Assert.Null(await listener.AcceptAsync());
    }

    [Fact]
    public async Task Takes_the_turn_back_from_a_door_that_fails_while_it_turns_somebody_away()
    {
        using var turns = new SemaphoreSlim(0);
        using var metrics = new ShieldMetrics();
        var door = new DeviceDoor(ListenerHost.Plain(), new DescriptorBudget(0, 0), metrics, TimeProvider.System, NullLogger.Instance);
        var stranger = new AbortFails();
        stranger.Features.Set(new AcceptTurn(turns));

        await Assert.ThrowsAsync<IOException>(() => door.AcceptAsync(stranger, _ => Task.CompletedTask));

        Assert.Equal(1, turns.CurrentCount);
    }

    [Fact]
    public async Task Says_that_the_address_is_in_use()
    {
        using var factory = Factory();
        await using var listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));

        await Assert.ThrowsAsync<AddressInUseException>(async () => await factory.BindAsync(listener.EndPoint));
    }

    private static PacedListenerFactory Factory() => new(Options.Create(new SocketTransportOptions()), TimeProvider.System, NullLoggerFactory.Instance);

    private static async Task<List<Socket>> ConnectAsync(IConnectionListener listener, int count)
    {
        var clients = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            await clients[i].ConnectAsync(listener.EndPoint);
        }

        return clients;
    }

    private static async Task CloseAsync(List<ConnectionContext> accepted, List<Socket> clients)
    {
        clients.ForEach(client => client.Dispose());
        foreach (var connection in accepted)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>A connection of no address, which cannot be closed either.</summary>
    private sealed class AbortFails : DefaultConnectionContext
    {
        public override void Abort(ConnectionAbortedException abortReason) => throw new IOException(abortReason.Message);
    }
}
