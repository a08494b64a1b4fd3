using System.Net;
using System.Net.Sockets;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>The socket that ACSs send connection requests to. It never answers.</summary>
internal sealed class AcsDoor : IDisposable
{
    private readonly Socket socket;
    private readonly AddressSet acs;
    private readonly UdpBroker broker;
    private readonly UdpMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SourceBudget sources;
    private readonly byte[] buffer = GC.AllocateArray<byte>(UdpConnectionRequestReader.MaxBytes + 1, pinned: true);

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">The address is not this machine's, or taken.</exception>
    public AcsDoor(ConnectionRequestOptions options, UdpBroker broker, UdpMetrics metrics, TimeProvider time, ILogger logger)
    {
        var address = IPAddress.Parse(options.Udp.AcsAddress);
        socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(address, options.Udp.AcsPort));
        acs = new AddressSet(options.AcsNetworks);
        this.broker = broker;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        sources = new SourceBudget(options.Limits.PerAcsPerSecond, time);
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Takes requests until <paramref name="stopping"/>, one after the other: the kernel's buffer is the queue.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(Any(), 0), stopping);
                metrics.Request(await TakeAsync(received.ReceivedBytes, ((IPEndPoint)received.RemoteEndPoint).Address, stopping));
            }
            catch (SocketException)
            {
                metrics.Request(UdpReason.NotSent);
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error)
            {
                // One datagram must not close the door to all that follow.
                metrics.Request(UdpReason.GatewayError);
                UdpLog.Failed(logger, error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private IPAddress Any() => socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;

    private async ValueTask<string> TakeAsync(int length, IPAddress source, CancellationToken stopping)
    {
        // The gateway's own address is the command line's (UdpHandover.cs); a signature is asked of it as of everybody.
        if (!acs.Contains(source) && !source.Equals(Endpoint.Address))
        {
            return UdpReason.SourceUnlisted;
        }

        return sources.TryTake(source.GetAddressBytes(), time.GetTimestamp())
            ? await broker.TakeAsync(buffer.AsMemory(0, length), stopping)
            : UdpReason.Limited;
    }
}
