using System.Net;
using System.Net.Sockets;
using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;

namespace CwmpShield.Bench;

/// <summary>A fleet of Digest devices behind one port, and ACSs that wake them: a new connection for each request, as common ACSs do.</summary>
internal static class BrokerTraffic
{
    private static readonly byte[] Challenge = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"cpe\", nonce=\"0123456789abcdef\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] Taken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly StoredSecret Secret = new StoredSecret.Password(Encoding.UTF8.GetBytes(BrokerHost.Password));

    /// <summary>Answers calls on <paramref name="listener"/> until it is stopped.</summary>
    public static async Task ServeAsync(Socket listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var socket = await listener.AcceptAsync(stop);
            _ = AnswerAsync(socket);
        }
    }

    /// <summary>Asks for <paramref name="path"/> with Digest as an ACS does; false where it is not taken.</summary>
    public static async Task<bool> AskAsync(IPEndPoint place, string path)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(place);
        var first = await ExchangeAsync(socket, $"GET {path} HTTP/1.1\r\nHost: {place}\r\n\r\n");
        if (first is not { Status: 401 } || DeviceChallengeReader.Choose(first.Challenges, allowBasic: false)?.Answer(BrokerHost.User, Secret, path, "c0ffee") is not { } authorization)
        {
            return false;
        }

        return await ExchangeAsync(socket, $"GET {path} HTTP/1.1\r\nHost: {place}\r\nAuthorization: {authorization}\r\n\r\n") is { Status: 200 };
    }

    private static async Task<DeviceAnswer?> ExchangeAsync(Socket socket, string request)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[2048];
        for (var filled = 0; filled < buffer.Length;)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (count == 0)
            {
                return null;
            }

            filled += count;
            if (DeviceAnswerReader.Read(buffer.AsSpan(0, filled), out var answer) == DeviceAnswerState.Complete)
            {
                return answer;
            }
        }

        return null;
    }

    private static async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[2048];
            var filled = 0;
            try
            {
                while (filled < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(filled)) is var count and > 0)
                {
                    filled += count;
                    if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
                    {
                        continue;
                    }

                    var isAnswer = buffer.AsSpan(0, filled).IndexOf("Authorization:"u8) >= 0;
                    await socket.SendAsync(isAnswer ? Taken : Challenge);
                    if (isAnswer)
                    {
                        return;
                    }

                    filled = 0;
                }
            }
            catch (SocketException)
            {
            }
        }
    }
}
