using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CwmpShield.Soak.Rig;

/// <summary>A connection to a door of the gateway, from an address of its own, that sends exactly what it is given.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly Socket socket;
    private byte[] buffer = new byte[4 << 10];
    private int filled;

    private Line(Socket socket) => (this.socket, Stream) = (socket, new NetworkStream(socket));

    /// <summary>What is read and written, TLS taken off.</summary>
    public Stream Stream { get; private set; }

    /// <summary>Connects; <paramref name="from"/> is an address of this machine.</summary>
    public static async Task<Line> OpenAsync(IPEndPoint door, IPAddress from, CancellationToken cancellation)
    {
        var outgoing = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Without this, the port is chosen before the peer is known, and a flood has used them all in no time.
            outgoing.SetRawSocketOption(0, 24, BitConverter.GetBytes(1));
            outgoing.Bind(new IPEndPoint(from, 0));
            await outgoing.ConnectAsync(door, cancellation);
            return new Line(outgoing);
        }
        catch
        {
            outgoing.Dispose();
            throw;
        }
    }

    /// <summary>Connects with TLS, and shows <paramref name="certificate"/> where there is one.</summary>
    public static async Task<Line> OpenTlsAsync(IPEndPoint door, IPAddress from, SslStreamCertificateContext? certificate, CancellationToken cancellation)
    {
        var line = await OpenAsync(door, from, cancellation);
        try
        {
            var tls = new SslStream(line.Stream);
            line.Stream = tls;
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "acs.example",
                    ClientCertificateContext = certificate,
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                },
                cancellation);
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await Stream.WriteAsync(bytes, cancellation);
        await Stream.FlushAsync(cancellation);
    }

    /// <summary>Reads one answer.</summary>
    public async Task<Answer> ReadAsync(CancellationToken cancellation)
    {
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellation))
            {
                return Answer.None;
            }
        }

        var head = Encoding.Latin1.GetString(buffer, 0, end + 2);
        var length = Messages.Between(head, "Content-Length: ", "\r\n") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        while (filled < end + 4 + length)
        {
            if (!await FillAsync(cancellation))
            {
                return Answer.None;
            }
        }

        var body = Encoding.UTF8.GetString(buffer, end + 4, length);
        filled -= end + 4 + length;
        buffer.AsSpan(end + 4 + length, filled).CopyTo(buffer);
        return new Answer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<Answer> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await SendAsync(request, cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>Everything that comes until the other side ends it.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellation)
    {
        while (await FillAsync(cancellation))
        {
        }

        return Encoding.Latin1.GetString(buffer, 0, filled);
    }

    /// <summary>Ends it by a reset, as a device does that loses its power and comes back.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The other side is gone already.
        }

        socket.Dispose();
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        try
        {
            var read = await Stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            filled += read;
            return read > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>One answer of the gateway; status 0 where the connection ended instead.</summary>
internal sealed record Answer(int Status, string Head, string Body)
{
    public static Answer None { get; } = new(0, "", "");

    /// <summary>A header's value; empty when there is none.</summary>
    public string Header(string name) => Messages.Between(Head, $"\r\n{name}: ", "\r\n");
}
