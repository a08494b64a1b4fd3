using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>A device's connection-request port on a raw socket of loopback, so that it can trickle, hang, reset and talk rubbish.</summary>
internal sealed class CallableDevice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Socket> sockets = [];
    private readonly X509Certificate2? certificate;
    private readonly Task accepting;
    private int connections;

    public CallableDevice(Func<Call, Task> answer, X509Certificate2? certificate = null)
    {
        Answer = answer;
        this.certificate = certificate;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Func<Call, Task> Answer { get; set; }

    public ConcurrentQueue<string> Heads { get; } = new();

    public int Connections => connections;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}/cr-7f3a";

    /// <summary>A device that says the same to everybody.</summary>
    public static CallableDevice Saying(string answer) => new(call => call.SayAsync(answer));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                sockets.Add(socket);
                _ = ServeAsync(socket, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            using (socket)
            {
                await using Stream stream = await SecureAsync(new NetworkStream(socket));
                while (await ReadHeadAsync(stream) is { } head)
                {
                    Heads.Enqueue(head);
                    var call = new Call(head, number, stream, socket, stop.Token);
                    await Answer(call);
                    if (call.IsClosed)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return tls;
    }

    private async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet, stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)octet[0]);
        }

        return head.ToString();
    }

    /// <summary>One request as the device sees it.</summary>
    internal sealed class Call(string head, int connection, Stream stream, Socket socket, CancellationToken stopped)
    {
        public string Head => head;

        public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

        public int Connection => connection;

        public bool IsClosed { get; private set; }

        public CancellationToken Stopped => stopped;

        public string Target => head.Split(' ')[1];

        public string? Header(string name) => head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

        public Task SayAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopped).AsTask();

        public async Task SayAndCloseAsync(string text)
        {
            await SayAsync(text);
            IsClosed = true;
        }

        public void Reset()
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
            IsClosed = true;
        }
    }
}
