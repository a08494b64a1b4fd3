using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CwmpShield.Soak.Rig;

/// <summary>
/// Devices that do nothing wrong: whole sessions by mutual TLS, one after another, each device from an address of its own. What went
/// wrong and how long sessions took is kept for the phase that was going on when they ended.
/// </summary>
internal sealed class HonestFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly RigFolder folder;
    private readonly Func<int, IPEndPoint> door;
    private readonly TimeSpan pause;
    private readonly Task running;
    private Phase phase = new();

    private HonestFleet(RigFolder folder, Func<int, IPEndPoint> door, int devices, TimeSpan pause)
    {
        (this.folder, this.door, this.pause) = (folder, door, pause);
        running = Task.WhenAll(Enumerable.Range(1, devices).Select(device => Task.Run(() => LiveAsync(device))));
    }

    /// <summary>The serial number of an honest device, counted from 1.</summary>
    public static string Serial(int device) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"H{device}");

    /// <summary>Lets <paramref name="devices"/> devices begin, each with a pause between its sessions.</summary>
    public static HonestFleet Start(RigFolder folder, IPEndPoint door, int devices, TimeSpan pause) => new(folder, _ => door, devices, pause);

    /// <summary>Lets devices begin that are spread over several doors.</summary>
    public static HonestFleet Start(RigFolder folder, Func<int, IPEndPoint> door, int devices, TimeSpan pause) => new(folder, door, devices, pause);

    /// <summary>Begins a new phase; the figures of the one that ends.</summary>
    public HonestFigures Turn() => Interlocked.Exchange(ref phase, new Phase()).Figures();

    /// <summary>Lets a phase of its own pass, until <paramref name="sessions"/> more have ended or <paramref name="atMost"/> is over.</summary>
    public async Task<HonestFigures> PassAsync(int sessions, TimeSpan atMost)
    {
        Turn();
        var clock = Stopwatch.StartNew();
        while (phase.Count < sessions && clock.Elapsed < atMost)
        {
            await Task.Delay(20);
        }

        return Turn();
    }

    /// <summary>One session as an honest device has it; null when all of it went well, else what did not.</summary>
    public static async Task<string?> SessionAsync(IPEndPoint door, IPAddress from, SslStreamCertificateContext certificate, string serial, CancellationToken cancellation)
    {
        try
        {
            await using var line = await Line.OpenTlsAsync(door, from, certificate, cancellation);
            var informed = await line.AskAsync(Messages.Post(Messages.Inform(serial)), cancellation);
            if (informed.Status != 200 || !informed.Body.Contains("InformResponse", StringComparison.Ordinal))
            {
                return $"Inform: {informed.Status}";
            }

            var order = await line.AskAsync(Messages.Post(""), cancellation);
            if (order.Status != 200 || !order.Body.Contains("GetParameterValues", StringComparison.Ordinal))
            {
                return $"empty POST: {order.Status}";
            }

            var end = await line.AskAsync(Messages.Post(Messages.GetParameterValuesResponse(Messages.IdOf(order.Body))), cancellation);
            return end.Status == 204 ? null : $"response: {end.Status}";
        }
        catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            return broken is OperationCanceledException ? "no answer in time" : $"{broken.GetType().Name}: {broken.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task LiveAsync(int device)
    {
        var serial = Serial(device);
        var from = IPAddress.Parse($"127.7.{device / 250}.{device % 250 + 1}");
        while (!stop.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            using var late = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            late.CancelAfter(Patience);
            var wrong = await SessionAsync(door(device), from, folder.CertificateOf(serial), serial, late.Token);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            Volatile.Read(ref phase).Add(clock.Elapsed, wrong);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private sealed class Phase
    {
        private readonly ConcurrentQueue<double> milliseconds = new();
        private readonly ConcurrentQueue<string> wrong = new();

        public int Count => milliseconds.Count + wrong.Count;

        public void Add(TimeSpan took, string? failure)
        {
            if (failure is null)
            {
                milliseconds.Enqueue(took.TotalMilliseconds);
            }
            else
            {
                wrong.Enqueue(failure);
            }
        }

        public HonestFigures Figures() => new([.. milliseconds.Order()], [.. wrong]);
    }
}

/// <summary>How honest devices fared in one phase.</summary>
/// <param name="Milliseconds">How long each session took that went well, in order.</param>
/// <param name="Failures">What went wrong in the others.</param>
internal sealed record HonestFigures(IReadOnlyList<double> Milliseconds, IReadOnlyList<string> Failures)
{
    public double P50 => At(0.50);

    public double P99 => At(0.99);

    private double At(double share) => Milliseconds.Count == 0 ? 0 : Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(Milliseconds.Count * share))];
}
