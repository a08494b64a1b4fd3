using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CwmpShield.Soak.Rig;

/// <summary>How an ACS behaves.</summary>
internal enum AcsMood
{
    Well,
    Hung,
    Slow,
    Resetting,
    Garbage,
    Half,
    WrongLength,
}

/// <summary>An ACS on a socket of its own: InformResponse, one order, the end; or one of the ways in which they fail.</summary>
internal sealed class AcsDouble : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<Socket> open = [];
    private readonly Lock sync = new();
    private Socket listener;
    private Task accepting;
    private int ids;

    public AcsDouble()
    {
        listener = Listen(0);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = AcceptAsync(listener);
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}/";

    /// <summary>How it behaves from now on.</summary>
    public AcsMood Mood { get; set; }

    /// <summary>How long it thinks in the mood <see cref="AcsMood.Slow"/>.</summary>
    public TimeSpan SlowTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks at every message that arrives: its body as it came.</summary>
    public Action<byte[]> Sees { get; set; } = _ => { };

    /// <summary>Ends as a killed process does: nothing listens, and every connection is reset.</summary>
    public async Task KillAsync()
    {
        listener.Dispose();
        await accepting;
        lock (sync)
        {
            foreach (var socket in open)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }

            open.Clear();
        }
    }

    /// <summary>Comes back after <see cref="KillAsync"/>, at the same port.</summary>
    public void Restart()
    {
        listener = Listen(Port);
        accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await KillAsync();
        stop.Dispose();
    }

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen(4096);
        return socket;
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                var socket = await from.AcceptAsync(stop.Token);
                lock (sync)
                {
                    open.Add(socket);
                }

                _ = ServeAsync(socket);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket);
            var reader = new AcsReader(stream);
            while (await reader.ReadAsync(stop.Token) is { } body)
            {
                Sees(body);
                var (answer, isLast) = Answer(Encoding.UTF8.GetString(body));
                if (!await SayAsync(socket, stream, answer) || isLast)
                {
                    break;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        lock (sync)
        {
            open.Remove(socket);
        }

        socket.Dispose();
    }

    private (string Body, bool IsLast) Answer(string message)
    {
        if (message.Contains(":Inform>", StringComparison.Ordinal))
        {
            return (Messages.InformResponse(Messages.IdOf(message)), false);
        }

        return message.Length == 0 ? (Messages.GetParameterValues("o" + Interlocked.Increment(ref ids).ToString(CultureInfo.InvariantCulture)), false) : ("", true);
    }

    /// <summary>Says <paramref name="body"/> in the mood of the moment; false where it is done with this connection.</summary>
    private async Task<bool> SayAsync(Socket socket, NetworkStream stream, string body)
    {
        var head = body.Length == 0
            ? "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : $"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        switch (Mood)
        {
            case AcsMood.Hung:
                await Task.Delay(Timeout.Infinite, stop.Token);
                return false;
            case AcsMood.Slow:
                await Task.Delay(SlowTime, stop.Token);
                break;
            case AcsMood.Resetting:
                socket.LingerState = new LingerOption(true, 0);
                return false;
            case AcsMood.Garbage:
                await stream.WriteAsync(Encoding.Latin1.GetBytes("\0\u00FF\u0016\u0003 rubbish\r\n\r\n"), stop.Token);
                return false;
            case AcsMood.Half:
                await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body[..(body.Length / 2)]), stop.Token);
                return false;
            case AcsMood.WrongLength:
                head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 77\r\n\r\n";
                break;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), stop.Token);
        return true;
    }
}
