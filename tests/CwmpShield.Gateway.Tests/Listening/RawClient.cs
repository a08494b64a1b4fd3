using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>A client that sends exactly the bytes it is given, as an attacker or an odd device does.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient tcp;
    private readonly Stream stream;

    private RawClient(TcpClient tcp, Stream stream) => (this.tcp, this.stream) = (tcp, stream);

    public static async Task<RawClient> ConnectAsync(IPEndPoint endpoint)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(endpoint);
        return new RawClient(connection, connection.GetStream());
    }

    /// <summary>Whether a new connection ends without a byte. The reset may come before the client has noticed that it connected.</summary>
    public static async Task<bool> IsTurnedAwayAsync(IPEndPoint endpoint)
    {
        try
        {
            await using var client = await ConnectAsync(endpoint);
            return await client.EndsAsync();
        }
        catch (Exception reset) when (reset is SocketException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Connects with TLS; <paramref name="first"/> goes ahead of the handshake.</summary>
    public static async Task<RawClient> ConnectTlsAsync(
        IPEndPoint endpoint, X509Certificate2? certificate = null, byte[]? first = null, SslProtocols protocols = SslProtocols.None, string host = "acs.example", X509Certificate2[]? chain = null)
    {
        var raw = await ConnectAsync(endpoint);
        await raw.SendAsync(first ?? []);
        var tls = new SslStream(raw.stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
        if (certificate is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, [.. chain ?? []], offline: true);
        }

        try
        {
            await tls.AuthenticateAsClientAsync(options);
        }
        catch
        {
            await raw.DisposeAsync();
            throw;
        }

        return new RawClient(raw.tcp, tls);
    }

    /// <summary>The server's certificate, on a TLS connection.</summary>
    public X509Certificate2 ServerCertificate => (X509Certificate2)((SslStream)stream).RemoteCertificate!;

    public static string Post(string body, string path = "/", string headers = "") =>
        $"POST {path} HTTP/1.1\r\nHost: acs.example\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    /// <summary>Reads one answer: its head, and as many bytes of body as it announces. Empty when the connection ended instead.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await ReadByteAsync() is not { } octet)
            {
                return answer.ToString();
            }

            answer.Append((char)octet);
        }

        var length = answer.ToString().Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
        for (var i = 0; i < length; i++)
        {
            answer.Append((char)(await ReadByteAsync() ?? throw new EndOfStreamException()));
        }

        return answer.ToString();
    }

    /// <summary>Whether the connection ends without another byte.</summary>
    public async Task<bool> EndsAsync() => await ReadByteAsync() is null;

    /// <summary>Reads until the connection ends; how many bytes came.</summary>
    public async Task<long> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[64 << 10];
        var total = 0L;
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is var read and > 0)
            {
                total += read;
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        return total;
    }

    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReadAnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        tcp.Dispose();
    }

    private async Task<byte?> ReadByteAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var octet = new byte[1];
        try
        {
            return await stream.ReadAsync(octet, patience.Token) == 0 ? null : octet[0];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
