using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CwmpShield.Core.ConnectionRequests;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>One TCP connection to one device, for one or two requests; what comes back is read up to the end of its head.</summary>
internal sealed class DeviceLine : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer;
    private readonly int capacity;
    private Stream stream;
    private int filled;

    private DeviceLine(Socket socket, int maxAnswerBytes)
    {
        this.socket = socket;
        capacity = maxAnswerBytes;
        buffer = ArrayPool<byte>.Shared.Rent(maxAnswerBytes);
        stream = Stream.Null;
    }

    /// <summary>Whether the next request may go over this connection: the last answer is whole, and its sender keeps the connection.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>Connects to <paramref name="address"/>, an address that was checked.</summary>
    public static async Task<DeviceLine> ConnectAsync(IPEndPoint address, int maxAnswerBytes, SslClientAuthenticationOptions? tls, TimeSpan patience, CancellationToken cancellationToken)
    {
        var line = new DeviceLine(new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, maxAnswerBytes);
        try
        {
            await line.OpenAsync(address, patience, cancellationToken);
            if (tls is not null)
            {
                var secure = new SslStream(line.stream);
                line.stream = secure;
                await secure.AuthenticateAsClientAsync(tls, cancellationToken);
            }

            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads the head of its answer; null where that is broken, too large, or ends early.</summary>
    public async Task<DeviceAnswer?> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request, cancellationToken);
        IsReusable = false;
        var bytes = buffer.AsMemory(0, capacity);
        while (filled < capacity)
        {
            var count = await stream.ReadAsync(bytes[filled..], cancellationToken);
            if (count == 0)
            {
                return null;
            }

            filled += count;
            switch (DeviceAnswerReader.Read(bytes.Span[..filled], out var answer))
            {
                case DeviceAnswerState.Complete:
                    await FinishAsync(answer!, cancellationToken);
                    return answer;
                case DeviceAnswerState.Incomplete:
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private async Task OpenAsync(IPEndPoint address, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        await socket.ConnectAsync(address, limit.Token);
        stream = new NetworkStream(socket, ownsSocket: false);
    }

    /// <summary>Takes in the body of a challenge where that keeps the connection for the answer to it.</summary>
    private async Task FinishAsync(DeviceAnswer answer, CancellationToken cancellationToken)
    {
        var end = answer.BodyLength < 0 ? int.MaxValue : answer.HeadLength + (long)answer.BodyLength;
        if (answer.Status != 401 || end > capacity)
        {
            return;
        }

        while (filled < end)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(filled, capacity - filled), cancellationToken);
            if (count == 0)
            {
                return;
            }

            filled += count;
        }

        // More than the answer: whoever sent it cannot be trusted to frame the next one.
        IsReusable = filled == end;
        filled = 0;
    }
}
