using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>How the gateway's cost grows: with the size of a message, the devices of the registry, the rules; what it costs after its start, and what sessions and connections hold.</summary>
internal sealed class CurvesCommand(string folder, string images, string? program, TextWriter output) : IDisposable
{
    private static readonly int[] Sizes = [4_000, 16_000, 64_000, 128_000, 256_000, 512_000];
    private static readonly int[] Registries = [1_000, 10_000, 100_000];
    private readonly PeerProcess acs = PeerProcess.Start(Environment.ProcessPath!, ["peer-acs"]);
    private int acsPort;

    /// <summary>Runs it; the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-bench-");
        var program = args.SkipWhile(name => name is not "--program").ElementAtOrDefault(1);
        var only = args.Skip(1).TakeWhile(name => name is not "--program").ToList();
        using var curves = new CurvesCommand(folder.FullName, Path.Combine(Repository.Root, "docs", "images"), program, output);
        try
        {
            curves.acsPort = await curves.acs.PortAsync("port ");
            foreach (var (name, measure) in (IEnumerable<(string, Func<Task>)>)[("start", curves.StartAsync), ("size", curves.SizeAsync), ("registry", curves.RegistryAsync), ("memory", curves.MemoryAsync), ("idle", curves.IdleAsync), ("sessions", curves.SessionsAsync), ("rules", curves.RulesAsync)])
            {
                if (only.Count == 0 || only.Contains(name, StringComparer.Ordinal))
                {
                    progress.WriteLine($"measuring {name} ...");
                    await measure();
                }
            }

            return 0;
        }
        catch (Exception error) when (error is BenchException or System.Net.Sockets.SocketException)
        {
            progress.WriteLine("the measurement is not valid: " + error.Message);
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => acs.Dispose();

    /// <summary>What a start costs, of the plain release build and of what operators run.</summary>
    private async Task StartAsync()
    {
        var fleet = await FleetAsync("start", 100_000, 200);
        var curve = new StartCurve(fleet, acsPort, Rules, output);
        if (program is not null)
        {
            await curve.MeasureAsync(program, program);
            return;
        }

        await curve.MeasureAsync("plain build", GatewayPeer.Program());
        var points = await curve.MeasureAsync("published", GatewayPeer.Published());
        Draw("curve-first-minute.svg", "CPU time of a request in the first minute of a process (published)", "seconds since the first request", "us", [.. points.Where((_, i) => i % Math.Max(1, points.Count / 12) == 0)]);
    }

    private async Task SizeAsync()
    {
        var fleet = await FleetAsync("size", 1_000, 200);
        using var peer = await GatewayPeer.StartAsync(fleet, acsPort, Rules);
        using var workload = new Workload(fleet);
        var points = new List<(double, double)>();
        foreach (var size in Sizes)
        {
            var each = Math.Max(40, 8_000_000 / size / 8 * 8);
            WarmUp.Settle(peer, 3, 12, () => workload.Reports(peer, each, size));
            points.Add((size / 1000.0, workload.Reports(peer, each, size).Cpu));
            Line($"report of {size / 1000} KB: {points[^1].Item2:0} us of CPU, {points[^1].Item2 / size * 1000:0.0} us a KB");
        }

        Draw("curve-size.svg", "CPU time of a request by the size of the device's message", "KB", "us", points);
    }

    private async Task RegistryAsync()
    {
        var points = new List<(double, double)>();
        foreach (var registered in Registries)
        {
            var fleet = await FleetAsync(string.Create(CultureInfo.InvariantCulture, $"registry-{registered}"), registered, 1_000);
            using var peer = await GatewayPeer.StartAsync(fleet, acsPort, Rules);
            using var workload = new Workload(fleet);
            WarmUp.Settle(peer, 5, 20, () => workload.Sessions(peer, 600));
            points.Add((registered, workload.Sessions(peer, 800).Cpu));
            Line($"registry of {registered} devices: {points[^1].Item2:0} us of CPU a session");
        }

        Draw("curve-registry.svg", "CPU time of a whole session by the size of the registry", "devices", "us", points);
    }

    /// <summary>What open sessions and idle connections hold, without TLS.</summary>
    private async Task MemoryAsync()
    {
        var fleet = await FleetAsync("memory", 1_000, 0);
        using var peer = await GatewayPeer.StartAsync(fleet, acsPort, Rules, isPlain: true);
        using var crowd = new Crowd(peer.Port);
        crowd.Sessions(500);
        crowd.Leave();
        var before = peer.Process.ResidentMegabytes();
        var points = new List<(double, double)> { (0, before) };
        foreach (var many in (int[])[1_000, 2_000, 3_000, 4_000, 5_000])
        {
            crowd.Sessions(many);
            points.Add((many, peer.Process.ResidentMegabytes()));
        }

        var used = points[^1].Item2 - before;
        Line($"5,000 sessions at one time: {used:0} MiB more, {used * 1024 / 5000:0.0} KB each");
        Draw("curve-sessions.svg", "Memory by the number of sessions at one time (plain HTTP)", "sessions", "MiB", points);
    }

    private async Task IdleAsync()
    {
        var fleet = await FleetAsync("idle", 10_000, 0);
        using var peer = await GatewayPeer.StartAsync(fleet, acsPort, Rules, isPlain: true);
        Draw("curve-idle.svg", "Memory by the number of idle connections (plain HTTP)", "connections", "MiB", await new IdleCurve(peer, output).MeasureAsync());
    }

    private async Task SessionsAsync()
    {
        var fleet = await FleetAsync("sessions", SessionCurve.Devices, 0);
        using var peer = await GatewayPeer.StartAsync(fleet, acsPort, Rules, isPlain: true);
        Draw("curve-session-count.svg", "CPU time of a session by the number of sessions at one time (plain HTTP)", "sessions", "us", new SessionCurve(peer, output).Measure());
    }

    private Task RulesAsync() => File.WriteAllTextAsync(
        Path.Combine(Directory.CreateDirectory(images).FullName, "curve-rules.svg"),
        LineChart.Draw("CPU time of judging an order of 4 KB by the number of rules", "rules", "us", RuleCurve.Measure(output)));

    private static string Rules => Path.Combine(Repository.Root, "rules");

    private Task<BenchFleet> FleetAsync(string name, int registered, int speaking) => BenchFleet.CreateAsync(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, registered, speaking);

    private void Draw(string file, string title, string across, string unit, IReadOnlyList<(double X, double Y)> points) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(images).FullName, file), LineChart.Draw(title, across, unit, points));

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
