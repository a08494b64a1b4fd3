using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Bench;

/// <summary>STUN answers a second through a real socket on loopback, beside a generator on the same processors, and what one costs without it.</summary>
internal static class StunTable
{
    private const int InFlight = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>What devices of Annex G send: a classic request with CONNECTION-REQUEST-BINDING.</summary>
    private static readonly byte[] Request = [0, 1, 0, 24, .. "0123456789abcdef"u8, 0xC0, 1, 0, 20, .. "dslforum.org/TR-111 "u8];

    public static async Task PrintAsync(TextWriter output)
    {
        Core(output, "read and answer, no socket", new StunServer(default, default), Request);
        using var metrics = new ShieldMetrics();
        var options = new UdpRequestOptions { Address = "127.0.0.1", Port = 0, PerSourcePerSecond = 100_000, AllPerSecond = 10_000_000 };
        using var stopping = new CancellationTokenSource();
        using var door = new StunDoor(options, new StunServer(default, default), new UdpMetrics(metrics), TimeProvider.System, NullLogger.Instance);
        var serving = Task.Run(() => door.RunAsync(stopping.Token));
        await LoadAsync(door.Endpoint, TimeSpan.FromSeconds(1));
        var before = Environment.CpuUsage.TotalTime;
        var answers = await LoadAsync(door.Endpoint, Duration);
        var cpu = Environment.CpuUsage.TotalTime - before;
        output.WriteLine($"{"socket to socket, generator beside it",-40} {answers / Duration.TotalSeconds,12:0} answers/s {cpu.TotalMicroseconds / answers,8:0.0} us CPU each, both sides");
        await stopping.CancelAsync();
        await serving;
    }

    private static void Core(TextWriter output, string name, StunServer server, byte[] request)
    {
        var buffer = new byte[StunMessage.MaxAnswer];
        var best = double.MaxValue;
        const int Times = 200_000;
        for (var round = 0; round < 10; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Times; i++)
            {
                Answer(server, request, buffer);
            }

            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Times);
        }

        output.WriteLine($"{name,-40} {1e6 / best,12:0} answers/s {best,8:0.00} us CPU each");
    }

    private static int Answer(StunServer server, byte[] request, byte[] buffer) =>
        StunRequestReader.TryRead(request, stackalloc byte[8], out var read, out _)
            ? server.Answer(read, new([127, 0, 0, 1], 40_000), new([127, 0, 0, 1], 3478), buffer).Length
            : 0;

    private static async Task<long> LoadAsync(IPEndPoint server, TimeSpan duration)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        using var end = new CancellationTokenSource(duration);
        for (var i = 0; i < InFlight; i++)
        {
            await socket.SendAsync(Request);
        }

        var buffer = new byte[256];
        var answers = 0L;
        try
        {
            while (true)
            {
                await socket.ReceiveAsync(buffer, end.Token);
                answers++;
                await socket.SendAsync(Request);
            }
        }
        catch (OperationCanceledException)
        {
            return answers;
        }
    }
}
