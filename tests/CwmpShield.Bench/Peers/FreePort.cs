using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Bench.Peers;

/// <summary>Ports for servers that cannot be told to take any free one.</summary>
internal static class FreePort
{
    /// <summary>A port of 127.0.0.1 that is free now.</summary>
    public static int Find()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until a process listens.</summary>
    /// <exception cref="BenchException">It ended, or did not within ten seconds.</exception>
    public static async Task ReadyAsync(PeerProcess process, int port)
    {
        for (var i = 0; i < 200 && process.IsRunning; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new BenchException("a proxy does not listen: " + process.Errors());
    }
}
