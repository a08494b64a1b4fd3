using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// The socket that devices ask for their address, and that connection requests leave from. One datagram at a time is read into one
/// buffer: what comes faster than it can be answered is dropped by the kernel, and nothing grows.
/// </summary>
internal sealed class StunDoor : IDisposable
{
    private const int PortAt = 2;
    private const int IPv4At = 4;
    private const int IPv6At = 8;

    private readonly Socket socket;
    private readonly StunServer server;
    private readonly UdpMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SourceBudget sources;
    private readonly SourceBudget all;
    private readonly byte[] local;
    private readonly byte[] buffer = GC.AllocateArray<byte>(StunMessage.MaxBytes + 1, pinned: true);
    private readonly byte[] answer = GC.AllocateArray<byte>(StunMessage.MaxAnswer, pinned: true);

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">The address is not this machine's, or taken.</exception>
    public StunDoor(UdpRequestOptions options, StunServer server, UdpMetrics metrics, TimeProvider time, ILogger logger)
    {
        var address = IPAddress.Parse(options.Address);
        socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(address, options.Port));
        this.server = server;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        sources = new SourceBudget(options.PerSourcePerSecond, time);
        all = new SourceBudget(options.AllPerSecond, time);
        local = address.GetAddressBytes();
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Answers devices until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var source = new SocketAddress(socket.AddressFamily);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, source, stopping);
                Answer(buffer.AsSpan(0, length), source);
            }
            catch (SocketException)
            {
                // Whatever the socket has, it must not spin.
                metrics.Stun(UdpReason.NotSent);
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error)
            {
                // One datagram must not close the door to all that follow.
                metrics.Stun(UdpReason.GatewayError);
                UdpLog.Failed(logger, error);
            }
        }
    }

    /// <summary>Sends a datagram to a device; false when the operating system would not.</summary>
    public bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint device)
    {
        try
        {
            return device.AddressFamily == socket.AddressFamily && socket.SendTo(datagram, device) == datagram.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private void Answer(ReadOnlySpan<byte> datagram, SocketAddress source)
    {
        var bytes = source.Buffer.Span;
        var address = socket.AddressFamily == AddressFamily.InterNetwork ? bytes.Slice(IPv4At, 4) : bytes.Slice(IPv6At, 16);
        var now = time.GetTimestamp();
        // The source first: one that floods uses up nothing of the others'.
        if (!sources.TryTake(address, now) || !all.TryTake([0, 0, 0, 0], now))
        {
            metrics.Stun(UdpReason.Limited);
            return;
        }

        if (!StunRequestReader.TryRead(datagram, stackalloc byte[2 * StunRequest.MaxUnknown], out var request, out var reason))
        {
            metrics.Stun(reason);
            return;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortAt..]);
        var outcome = server.Answer(request, new(address, port), new(local, (ushort)Endpoint.Port), answer);
        if (outcome.Length > 0 && !TrySend(outcome, source))
        {
            metrics.Stun(UdpReason.NotSent);
            return;
        }

        if (request.IsBindingChange && outcome.Reason.Length == 0)
        {
            metrics.BindingChanged();
        }

        metrics.Stun(outcome.Reason.Length == 0 ? UdpReason.Answered : outcome.Reason);
    }

    /// <summary>Sends the answer. Only the port may differ from where the request came from, and only where the device itself asked for another of its own.</summary>
    private bool TrySend(in StunAnswer outcome, SocketAddress source)
    {
        BinaryPrimitives.WriteUInt16BigEndian(source.Buffer.Span[PortAt..], outcome.Port);
        try
        {
            return outcome.Port != 0 && socket.SendTo(answer.AsSpan(0, outcome.Length), SocketFlags.None, source) == outcome.Length;
        }
        catch (SocketException)
        {
            // A source that cannot be answered (forged, or without a route) must hold nobody up.
            return false;
        }
    }
}
