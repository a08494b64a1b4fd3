using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CwmpShield.Gateway.ConnectionRequests;

namespace CwmpShield.Bench;

/// <summary>
/// What a connection request through the broker costs beside one that goes to the device itself, at a steady rate; generator, broker and
/// devices share the process, so that CPU time is that of all three. And what 100,000 learned endpoints take.
/// </summary>
internal static class BrokerTable
{
    private const int Fleet = 2000;
    private const int Learned = 100_000;
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(8);

    public static async Task PrintAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-bench-");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        using var stop = new CancellationTokenSource();
        var serving = BrokerTraffic.ServeAsync(listener, stop.Token);
        try
        {
            var device = (IPEndPoint)listener.LocalEndPoint!;
            await using (var host = await BrokerHost.StartAsync(folder.FullName, Fleet, device.Port))
            {
                var paths = Enumerable.Range(1, Fleet).Select(host.PathOf).ToArray();
                await LoadAsync(500, TimeSpan.FromSeconds(3), i => BrokerTraffic.AskAsync(host.Door, paths[i % Fleet]));
                foreach (var rate in (int[])[500, 1000, 2000])
                {
                    Line(output, "direct  ", rate, await LoadAsync(rate, Run, i => BrokerTraffic.AskAsync(device, $"/{i % Fleet:D8}")));
                    Line(output, "brokered", rate, await LoadAsync(rate, Run, i => BrokerTraffic.AskAsync(host.Door, paths[i % Fleet])));
                }
            }

            await MemoryAsync(output, Path.Combine(folder.FullName, "memory"), device.Port);
        }
        finally
        {
            await stop.CancelAsync();
            try
            {
                await serving;
            }
            catch (OperationCanceledException)
            {
            }

            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts requests at a steady rate, whether those before have ended or not.</summary>
    private static async Task<Load> LoadAsync(int rate, TimeSpan span, Func<int, Task<bool>> ask)
    {
        var count = (int)(rate * span.TotalSeconds);
        var latencies = new double[count];
        var failed = 0;
        var requests = new Task[count];
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due - watch.Elapsed > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due - watch.Elapsed);
            }

            requests[i] = OneAsync(i);
        }

        await Task.WhenAll(requests);
        var elapsed = watch.Elapsed;
        process.Refresh();
        Array.Sort(latencies);
        return new Load(count / elapsed.TotalSeconds, failed, (process.TotalProcessorTime - cpu).TotalMilliseconds / count, latencies[count / 2], latencies[count * 99 / 100]);

        async Task OneAsync(int i)
        {
            await Task.Yield();
            var start = watch.Elapsed;
            try
            {
                if (!await ask(i))
                {
                    Interlocked.Increment(ref failed);
                }
            }
            catch (SocketException)
            {
                Interlocked.Increment(ref failed);
            }

            latencies[i] = (watch.Elapsed - start).TotalMilliseconds;
        }
    }

    private static async Task MemoryAsync(TextWriter output, string folder, int port)
    {
        Directory.CreateDirectory(folder);
        await using var host = await BrokerHost.StartAsync(folder, Learned, port);
        var directory = host.Get<EndpointDirectory>();
        await directory.FindAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        for (var i = 1; i <= Learned; i++)
        {
            await directory.FindAsync(i);
        }

        var read = watch.Elapsed;
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        var bytes = new FileInfo(Path.Combine(folder, "store.db")).Length + new FileInfo(Path.Combine(folder, "store.db-wal")).Length;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Learned} learned endpoints, all of them called once: {used / 1048576.0:0.0} MiB of memory, {bytes / 1048576.0:0.0} MiB of store, {read.TotalMicroseconds / Learned:0} us to read one"));
    }

    private static void Line(TextWriter output, string what, int rate, Load load) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what} {rate,5}/s wanted: {load.Rate,6:0}/s, {load.Failed} failed, {load.CpuPerRequest:0.000} ms CPU each, p50 {load.Median:0.0} ms, p99 {load.P99:0.0} ms"));

    private sealed record Load(double Rate, int Failed, double CpuPerRequest, double Median, double P99);
}
