using System.Buffers;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>A connection to a receiver by TCP or TLS: each message follows its length (RFC 6587 3.4.1, RFC 5425 4.3).</summary>
internal sealed class SyslogConnection : ISyslogWire
{
    private const int SendBuffer = 64 << 10;

    private readonly Socket socket;
    private readonly Stream stream;
    private readonly ArrayBufferWriter<byte> waiting = new(SendBuffer);
    private readonly CancellationTokenSource closing = new();
    private readonly Task<bool> listening;

    private SyslogConnection(Socket socket, Stream stream)
    {
        (this.socket, this.stream) = (socket, stream);
        listening = ListenAsync();
    }

    /// <inheritdoc/>
    public bool IsOpen => !listening.IsCompleted;

    /// <summary>Connects.</summary>
    /// <exception cref="Exception">It cannot be reached, or is not who it should be.</exception>
    public static async Task<SyslogConnection> OpenAsync(SyslogOptions receiver, CancellationToken cancellation)
    {
        var made = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SendBuffer };
        try
        {
            // A receiver that is gone without a word is noticed in a minute.
            made.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            made.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            made.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            made.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await made.ConnectAsync(receiver.Host, receiver.EffectivePort, cancellation);
            var plain = new NetworkStream(made, ownsSocket: false);
            return new SyslogConnection(made, receiver.Transport == SyslogTransport.Tls ? await SecureAsync(plain, receiver, cancellation) : plain);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> message)
    {
        Span<byte> count = stackalloc byte[12];
        message.Length.TryFormat(count, out var digits, default, CultureInfo.InvariantCulture);
        count[digits++] = (byte)' ';
        waiting.Write(count[..digits]);
        waiting.Write(message);
    }

    /// <inheritdoc/>
    public async ValueTask<int> FlushAsync(CancellationToken cancellation)
    {
        if (!IsOpen)
        {
            throw new IOException("The receiver has closed the connection.");
        }

        var bytes = waiting.WrittenCount;
        await stream.WriteAsync(waiting.WrittenMemory, cancellation);
        await stream.FlushAsync(cancellation);
        waiting.ResetWrittenCount();
        return bytes;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> EndAsync(CancellationToken cancellation)
    {
        if (stream is SslStream secure)
        {
            await secure.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
        return await listening.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        socket.Dispose();
        await listening;
        await stream.DisposeAsync();
        closing.Dispose();
    }

    private static async Task<SslStream> SecureAsync(NetworkStream plain, SyslogOptions receiver, CancellationToken cancellation)
    {
        // Read at each connection: renewed files need no restart.
        var options = AcsTls.Create(new AcsTlsOptions { CaPath = receiver.CaPath, ClientCertificate = receiver.ClientCertificate });
        options.TargetHost = receiver.Host;
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellation);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    /// <summary>Receivers say nothing; what they say is passed over. Ends with the connection: true where the receiver ended it in order.</summary>
    private async Task<bool> ListenAsync()
    {
        var unheard = new byte[256];
        try
        {
            while (await stream.ReadAsync(unheard, closing.Token) > 0)
            {
            }

            return true;
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
