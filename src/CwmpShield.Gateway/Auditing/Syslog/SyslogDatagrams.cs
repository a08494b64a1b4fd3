using System.Net.Sockets;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>Datagrams to a receiver (RFC 5426): one message each, and nobody says whether it came.</summary>
internal sealed class SyslogDatagrams : ISyslogWire
{
    /// <summary>Bytes of a message at most: what RFC 5426 3.2 asks every receiver to take. A longer one is cut and says so.</summary>
    public const int MaxLength = 2048;

    private readonly Socket socket;
    private readonly List<byte[]> waiting = [];

    private SyslogDatagrams(Socket socket) => this.socket = socket;

    /// <inheritdoc/>
    public bool IsOpen => true;

    /// <summary>Finds the receiver's address.</summary>
    public static async Task<SyslogDatagrams> OpenAsync(SyslogOptions receiver, CancellationToken cancellation)
    {
        var addresses = await System.Net.Dns.GetHostAddressesAsync(receiver.Host, cancellation);
        var made = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await made.ConnectAsync(addresses[0], receiver.EffectivePort, cancellation);
            return new SyslogDatagrams(made);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> message) => waiting.Add(Fitting(message));

    /// <inheritdoc/>
    public async ValueTask<int> FlushAsync(CancellationToken cancellation)
    {
        var bytes = 0;
        foreach (var message in waiting)
        {
            bytes += await socket.SendAsync(message, cancellation);
        }

        waiting.Clear();
        return bytes;
    }

    /// <inheritdoc/>
    public ValueTask<bool> EndAsync(CancellationToken cancellation) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The message, cut between two characters where it is too long: then its structured data says <c>truncated="1"</c>.</summary>
    internal static byte[] Fitting(ReadOnlySpan<byte> message)
    {
        if (message.Length <= MaxLength)
        {
            return message.ToArray();
        }

        var data = message.IndexOf("\"] "u8) + 1;
        var mark = " truncated=\"1\""u8;
        var end = MaxLength - mark.Length;
        while ((message[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return [.. message[..data], .. mark, .. message[data..end]];
    }
}
