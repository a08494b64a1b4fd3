using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>The gateway beside what an operator would use instead, all on loopback, all with mutual TLS.</summary>
internal static class PeersCommand
{
    /// <summary>Runs it; the exit code.</summary>
    /// <param name="args">Options: --quick, --beside "NAME PROGRAM [VARIABLE=VALUE ...]" (another build of the gateway, may be repeated), --json FILE, --images FOLDER, --only NAME and --work NAME (a part of the name of a proxy or of a kind of work, may be repeated), --rounds N.</param>
    /// <param name="output">Where tables go.</param>
    /// <param name="progress">Where it says what it does.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-bench-");
        var plan = args.Contains("--quick", StringComparer.Ordinal) ? PeerPlan.Quick : PeerPlan.Whole;
        plan = Options(args, "--rounds") is [var rounds, ..] ? plan with { Rounds = int.Parse(rounds, CultureInfo.InvariantCulture) } : plan;
        var peers = new List<Peer>();
        PeerProcess? acs = null;
        try
        {
            progress.WriteLine($"making certificates for {plan.Speaking} devices, registering {plan.Registered} ...");
            var fleet = await BenchFleet.CreateAsync(folder.FullName, plan.Registered, plan.Speaking);
            acs = PeerProcess.Start(Environment.ProcessPath!, ["peer-acs"]);
            await StartAsync(peers, fleet, await acs.PortAsync("port "), Options(args, "--beside"), Options(args, "--only"), progress);
            using var workload = new Workload(fleet);
            var results = new PeerRun(peers, Works(args), workload, plan, progress).Run();
            Report(args, output, results);
            return 0;
        }
        catch (Exception error) when (error is BenchException or System.Net.Sockets.SocketException)
        {
            progress.WriteLine("the measurement is not valid: " + error.Message);
            return 1;
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
            acs?.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static void Report(IReadOnlyList<string> args, TextWriter output, PeerResults results)
    {
        PeerReport.Write(output, results);
        if (Options(args, "--json") is [var file, ..])
        {
            PeerReport.WriteJson(file, results);
        }

        if (Options(args, "--images") is [var images, ..])
        {
            PeerReport.Draw(images, results);
        }
    }

    private static async Task StartAsync(List<Peer> peers, BenchFleet fleet, int acs, List<string> beside, List<string> only, TextWriter progress)
    {
        var rules = Path.Combine(Repository.Root, "rules");
        foreach (var other in beside)
        {
            progress.WriteLine($"starting {other} ...");
            peers.Add(await GatewayPeer.StartBesideAsync(fleet, acs, rules, other));
        }

        var all = new Dictionary<string, Func<Task<Peer>>>(StringComparer.Ordinal)
        {
            [Peer.Gateway] = () => GatewayPeer.StartAsync(fleet, acs, rules),
            [Peer.Yarp] = () => YarpAsync(fleet, acs, Peer.Yarp, "pooled"),
            [Peer.YarpBySession] = () => YarpAsync(fleet, acs, Peer.YarpBySession, "session"),
            [Peer.Nginx] = () => NginxPeer.StartAsync(fleet, acs, withRules: false),
            [Peer.HaProxy] = () => HaProxyPeer.StartAsync(fleet, acs),
            [Peer.ModSecurity] = () => NginxPeer.StartAsync(fleet, acs, withRules: true),
        };
        foreach (var (name, start) in all)
        {
            if (only.Count == 0 || only.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            {
                progress.WriteLine($"starting {name} ...");
                peers.Add(await start());
            }
        }
    }

    private static async Task<Peer> YarpAsync(BenchFleet fleet, int acs, string name, string kind)
    {
        // What the Web SDK sets for every ASP.NET application.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1" };
        var process = PeerProcess.Start(Environment.ProcessPath!, ["peer-yarp", fleet.Folder, FormattableString.Invariant($"{acs}"), kind], environment);
        return new Peer(name, process, await process.PortAsync("port "));
    }

    private static List<string> Works(IReadOnlyList<string> args)
    {
        var wanted = Options(args, "--work");
        return [.. WorkKind.All.Where(work => wanted.Count == 0 || wanted.Exists(part => work.Contains(part, StringComparison.OrdinalIgnoreCase)))];
    }

    private static List<string> Options(IReadOnlyList<string> args, string name) =>
        [.. Enumerable.Range(0, args.Count - 1 < 0 ? 0 : args.Count - 1).Where(i => string.Equals(args[i], name, StringComparison.Ordinal)).Select(i => args[i + 1])];
}
