using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>An ACS on a raw socket that answers by a script, byte for byte, so that it can die, hang and talk rubbish.</summary>
internal sealed class ScriptedAcs : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private readonly ConcurrentBag<TcpClient> clients = [];
    private readonly Task accepting;
    private int connections;

    public ScriptedAcs(Func<AcsRequest, AcsAnswer> script, X509Certificate2? certificate = null)
    {
        Script = script;
        this.certificate = certificate;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Func<AcsRequest, AcsAnswer> Script { get; set; }

    public ConcurrentQueue<AcsRequest> Received { get; } = new();

    /// <summary>Common names of the client certificates that were shown.</summary>
    public ConcurrentQueue<string> ClientSubjects { get; } = new();

    public int Connections => connections;

    /// <summary>Everything that was said to it, one word a message.</summary>
    public string Words => string.Join(' ', Received.Select(request => request.Word));

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}/";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var client in clients)
        {
            client.Dispose();
        }

        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                clients.Add(client);
                _ = ServeAsync(client, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await using var stream = await SecureAsync(client.GetStream());
                while (await ReadAsync(stream, number) is { } request)
                {
                    Received.Enqueue(request);
                    var answer = Script(request);
                    if (answer.Bytes is not null)
                    {
                        await stream.WriteAsync(answer.Bytes, stop.Token);
                        await stream.FlushAsync(stop.Token);
                    }

                    if (answer.Hangs)
                    {
                        await Task.Delay(Timeout.Infinite, stop.Token);
                    }

                    if (answer.Closes)
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
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    if (shown is X509Certificate2 known)
                    {
                        ClientSubjects.Enqueue(known.Subject);
                    }

                    return true;
                },
            },
            stop.Token);
        return tls;
    }

    private async Task<AcsRequest?> ReadAsync(Stream stream, int number)
    {
        if (await ReadHeadAsync(stream) is not { } head)
        {
            return null;
        }

        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim())).ToList();
        var length = headers.Where(header => header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(header => int.Parse(header.Value, CultureInfo.InvariantCulture)).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop.Token);
        return new AcsRequest(number, lines[0], headers, Encoding.UTF8.GetString(body));
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
}
