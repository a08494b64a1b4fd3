using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Bench.Peers;

/// <summary>A device's connection to a proxy: blocking, mutual TLS or plain, one request at a time.</summary>
internal sealed class DeviceLine : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private readonly Socket socket;
    private readonly nint ssl;
    private byte[] buffer = new byte[16 << 10];
    private int filled;

    private DeviceLine(Socket socket, nint ssl) => (this.socket, this.ssl) = (socket, ssl);

    /// <summary>Whether the handshake was a resumed one.</summary>
    public bool IsResumed => LibSsl.IsResumed(ssl) == 1;

    /// <summary>Head of the last answer.</summary>
    public ReadOnlySpan<byte> Head => buffer.AsSpan(0, HeadLength);

    /// <summary>Body of the last answer.</summary>
    public ReadOnlySpan<byte> Body => buffer.AsSpan(HeadLength, BodyLength);

    private int HeadLength { get; set; }

    private int BodyLength { get; set; }

    /// <summary>Connects from the device's own loopback address, and shakes hands where <paramref name="context"/> is not 0.</summary>
    /// <param name="device">Who connects.</param>
    /// <param name="port">Port of the proxy on 127.0.0.1.</param>
    /// <param name="context">The TLS context, 0 for a plain connection.</param>
    /// <param name="session">A session to resume, 0 for a full handshake.</param>
    /// <exception cref="BenchException">The handshake fails.</exception>
    public static DeviceLine Open(BenchDevice device, int port, nint context, nint session = 0)
    {
        var open = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000, SendTimeout = 20_000 };
                try
        {
            open.Bind(new IPEndPoint(device.Address, 0));
            open.Connect(IPAddress.Loopback, port);

            // The runtime has made the descriptor non-blocking where it was used asynchronously; here it never is.
            open.Blocking = true;
            var tls = context == 0 ? 0 : Handshake(device, open, context, session);
            return new DeviceLine(open, tls);
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    /// <summary>The TLS session, to resume later; to be freed by who takes it.</summary>
    public nint TakeSession() => LibSsl.TakeSession(ssl);

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="BenchException">The connection ends, or the answer has no length.</exception>
    public int Exchange(ReadOnlySpan<byte> request)
    {
        Send(request);
        (filled, HeadLength, BodyLength) = (0, 0, 0);
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf(HeadEnd)) < 0)
        {
            Fill();
        }

        HeadLength = end + HeadEnd.Length;
        var status = HttpText.Status(Head);
        BodyLength = status == 204 ? 0 : HttpText.Length(Head);
        while (filled < HeadLength + BodyLength)
        {
            Fill();
        }

        return status;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ssl != 0)
        {
            _ = LibSsl.Shutdown(ssl);
            LibSsl.Free(ssl);
        }

        socket.Dispose();
    }

    private static nint Handshake(BenchDevice device, Socket socket, nint context, nint session)
    {
        var tls = LibSsl.New(context);
        var isReady = LibSsl.UseCertificate(tls, device.CertificateFile, LibSsl.FileTypePem) == 1
            && LibSsl.UseKey(tls, device.CertificateFile, LibSsl.FileTypePem) == 1
            && LibSsl.SetSocket(tls, (int)socket.Handle) == 1
            && (session == 0 || LibSsl.SetSession(tls, session) == 1);
        if (isReady && LibSsl.Connect(tls) == 1)
        {
            return tls;
        }

        LibSsl.Free(tls);
        throw new BenchException($"the TLS handshake of {device.Serial} failed");
    }

    private void Send(ReadOnlySpan<byte> request)
    {
        if (ssl == 0)
        {
            socket.Send(request);
            return;
        }

        var sent = LibSsl.Write(ssl, ref System.Runtime.InteropServices.MemoryMarshal.GetReference(request), request.Length);
        if (sent != request.Length)
        {
            throw new BenchException("the connection was closed while a request was sent");
        }
    }

    private void Fill()
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var room = buffer.AsSpan(filled);
        var read = ssl == 0 ? socket.Receive(room) : LibSsl.Read(ssl, ref room[0], room.Length);
        if (read <= 0)
        {
            throw new BenchException("the connection was closed before the whole answer had come");
        }

        filled += read;
    }
}
