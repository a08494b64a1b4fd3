using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Exposure;

/// <summary>A device's web server: one connection for each answer, which <paramref name="answer"/> gives for a request line.</summary>
internal sealed class WebDevice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> answer;
    private readonly Task accepting;

    private WebDevice(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Requests as they came, head and all.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Answers by text.</summary>
    public static WebDevice Of(Func<string, string> answer) => new(async (line, stream, stopping) => await stream.WriteAsync(Encoding.Latin1.GetBytes(answer(line)), stopping));

    /// <summary>Answers as a test likes.</summary>
    public static WebDevice Of(Func<string, NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>A device with nothing to hide.</summary>
    public static WebDevice Guarded() => Of(line => line.StartsWith("GET /cr ", StringComparison.Ordinal)
        ? "HTTP/1.1 401 Unauthorized\r\nServer: lighttpd/1.4\r\nWWW-Authenticate: Digest realm=\"HGW\", nonce=\"1\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n"
        : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                var head = new StringBuilder();
                while (await reader.ReadLineAsync(stopping.Token) is { Length: > 0 } line)
                {
                    head.Append(line).Append('\n');
                }

                Requests.Enqueue(head.ToString());
                await answer(head.ToString(), stream, stopping.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The other side has heard enough.
            }
        }
    }
}
