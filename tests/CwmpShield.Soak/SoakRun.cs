using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CwmpShield.Soak.Rig;
using CwmpShield.Soak.Strangers;

namespace CwmpShield.Soak;

/// <summary>
/// <c>MINUTES [SVG]</c>: a gateway as a process, honest devices all the time, strangers in turns, files replaced under it; sampled
/// every two seconds. Ends with a table and a graph, 0 when memory, handles and threads stayed flat and no honest session failed.
/// </summary>
internal sealed class SoakRun(TestRig rig, HonestFleet honest, TimeSpan length) : IAsyncDisposable
{
    private const int Serials = 1_000_000;
    private const int Connections = 100_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(10);

    /// <summary>Quiet at the end: the sessions that strangers left behind run out after a minute.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(90);


    private readonly ConcurrentQueue<SoakSample> samples = new();
    private readonly List<SoakTurn> turns = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource over = new();
    private volatile string phase = "";

    /// <summary>Runs the command.</summary>
    public static async Task<int> MainAsync(string[] arguments)
    {
        if (arguments.Length is < 1 or > 2 || !double.TryParse(arguments[0], CultureInfo.InvariantCulture, out var minutes) || minutes is < 4 or > 10_000)
        {
            await Console.Error.WriteLineAsync("usage: soak MINUTES [GRAPH.svg], e.g. soak 15 docs/images/soak.svg; at least 4 minutes");
            return 2;
        }

        await using var rig = await TestRig.StartAsync(new RigSettings());
        await using var reloads = new Reloads(rig.Folder, TimeSpan.FromSeconds(3));
        await using var honest = rig.Honest(devices: 8, pauseMilliseconds: 100);
        await using var run = new SoakRun(rig, honest, TimeSpan.FromMinutes(minutes));
        var (samples, turns) = await run.RunAsync();
        var verdict = SoakVerdict.Of(samples);
        SoakTable.Write(Console.Out, samples, turns);
        await Console.Out.WriteLineAsync($"files replaced: {reloads.Count}");
        await Console.Out.WriteLineAsync(verdict.Text);
        if (arguments.Length == 2)
        {
            await File.WriteAllTextAsync(arguments[1], SoakChart.Draw(samples));
        }

        if (rig.Gateway.Log.Length > 0)
        {
            await Console.Out.WriteLineAsync("the gateway's log, its first lines:");
            await Console.Out.WriteLineAsync(string.Join('\n', rig.Gateway.Log.Split('\n').Take(20)));
        }

        return verdict.IsFlat ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        over.Dispose();
    }

    private async Task<(IReadOnlyList<SoakSample> Samples, IReadOnlyList<SoakTurn> Turns)> RunAsync()
    {
        var sampling = SampleAsync();
        await Task.Delay(Quiet * 3);
        await TakeTurnAsync(Stranger.All.First(one => one.Name == "random-serials"), Serials, length * 0.3);
        await TakeTurnAsync(Stranger.All.First(one => one.Name == "connection-flood"), Connections, length * 0.15);
        for (var i = 0; clock.Elapsed + TurnTime + Quiet + Farewell < length; i++)
        {
            await TakeTurnAsync(Stranger.All[i % Stranger.All.Count], long.MaxValue, TurnTime);
        }

        await Task.Delay(Farewell);
        await over.CancelAsync();
        await sampling;
        return ([.. samples], turns);
    }

    private async Task TakeTurnAsync(Stranger stranger, long atMost, TimeSpan time)
    {
        var before = await rig.Gateway.MetricsAsync();
        var field = new Field(rig.Folder, rig.Gateway) { AtMost = atMost };
        using (var enough = CancellationTokenSource.CreateLinkedTokenSource(over.Token))
        {
            enough.CancelAfter(time);
            phase = stranger.Name;
            await stranger.RunAsync(field, enough.Token);
        }

        var refused = (await rig.Gateway.MetricsAsync()).RefusedSince(before);
        turns.Add(new SoakTurn(stranger.Name, stranger.Limits, field.Attempts, refused));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:hh\\:mm\\:ss} {stranger.Name}: {field.Attempts:N0} attempts"));
        phase = "";
        await Task.Delay(Quiet);
    }

    private async Task SampleAsync()
    {
        honest.Turn();
        while (!over.IsCancellationRequested)
        {
            var during = phase;
            await Task.WhenAny(Task.Delay(Interval, over.Token));

            // An interval in which the stranger came or went counts as his.
            var name = during.Length > 0 ? during : phase;
            samples.Enqueue(new SoakSample(clock.Elapsed, name, rig.Gateway.Read(), honest.Turn()));
        }
    }
}
