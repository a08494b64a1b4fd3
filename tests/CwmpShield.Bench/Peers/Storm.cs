using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>A fleet that comes back at once: every device tries to hold one whole session, and keeps to its retry policy and to Retry-After until it has.</summary>
/// <param name="fleet">The devices.</param>
/// <param name="port">The gateway's.</param>
/// <param name="context">The TLS context.</param>
/// <param name="hands">Attempts in progress at one time.</param>
internal sealed class Storm(BenchFleet fleet, int port, nint context, int hands)
{
    private const int StackBytes = 256 << 10;
    private readonly PriorityQueue<(BenchDevice Device, int Attempt), long> waiting = new();
    private readonly StormLog log = new();
    private readonly Stopwatch watch = new();
    private int left;

    /// <summary>Has every device come, and waits until each has held its session or the time is over.</summary>
    public StormLog Run(TimeSpan longest)
    {
        left = fleet.Devices.Count;
        foreach (var device in fleet.Devices)
        {
            waiting.Enqueue((device, 1), 0);
        }

        watch.Start();
        var threads = Enumerable.Range(0, hands).Select(_ => new Thread(() => Work(longest), StackBytes)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return log;
    }

    private void Work(TimeSpan longest)
    {
        while (Volatile.Read(ref left) > 0 && watch.Elapsed < longest)
        {
            if (Next() is not { } next)
            {
                Thread.Sleep(50);
                continue;
            }

            var (end, retryAfter) = Try(next.Device);
            log.Ended(end, watch.Elapsed, next.Attempt);
            if (end == StormEnd.Completed)
            {
                Interlocked.Decrement(ref left);
                continue;
            }

            var wait = Math.Max(RetryPolicy.Milliseconds(next.Attempt), retryAfter * 1000);
            lock (waiting)
            {
                waiting.Enqueue((next.Device, next.Attempt + 1), watch.ElapsedMilliseconds + wait);
            }
        }
    }

    private (BenchDevice Device, int Attempt)? Next()
    {
        lock (waiting)
        {
            return waiting.TryPeek(out _, out var due) && due <= watch.ElapsedMilliseconds ? waiting.Dequeue() : null;
        }
    }

    private (StormEnd End, int RetryAfter) Try(BenchDevice device)
    {
        DeviceLine? line = null;
        try
        {
            line = DeviceLine.Open(device, port, context);
            new DeviceTalk(line, device).Session(() => { });
            return (StormEnd.Completed, 0);
        }
        catch (Exception failed) when (failed is BenchException or SocketException)
        {
            var head = line is null ? "" : Encoding.ASCII.GetString(line.Head);
            return head.Contains(" 503 ", StringComparison.Ordinal) ? (StormEnd.Postponed, RetryAfter(head)) : (StormEnd.Closed, 0);
        }
        finally
        {
            line?.Dispose();
        }
    }

    private static int RetryAfter(string head)
    {
        const string name = "\r\nretry-after: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head.AsSpan(at + name.Length, head.IndexOf('\r', at + 2) - at - name.Length), CultureInfo.InvariantCulture);
    }
}
