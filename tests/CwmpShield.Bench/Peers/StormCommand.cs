using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>
/// A fleet that comes back at once after an outage, against the gateway with everything on: once as it is by default, and once with
/// <c>Admission:SessionsPerSecond</c>.
/// </summary>
internal static class StormCommand
{
    private const int MaxHands = 4000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    /// <summary>Runs it; the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter progress)
    {
        var devices = int.Parse(args.ElementAtOrDefault(1) ?? "3000", CultureInfo.InvariantCulture);
        var rate = int.Parse(args.ElementAtOrDefault(2) ?? "30", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("cwmpshield-storm-");
        using var acs = PeerProcess.Start(Environment.ProcessPath!, ["peer-acs"]);
        try
        {
            var port = await acs.PortAsync("port ");
            var runs = new List<(string, StormLog)>();
            foreach (var (name, perSecond) in (IEnumerable<(string, int)>)[("any number of sessions may begin (the default)", 0), ($"at most {rate} sessions a second may begin", rate)])
            {
                progress.WriteLine($"{devices} devices: {name} ...");
                var place = folder.CreateSubdirectory(perSecond.ToString(CultureInfo.InvariantCulture)).FullName;
                var log = await RunAsync(await BenchFleet.CreateAsync(place, devices, devices), port, perSecond, output);
                runs.Add((name, log));
                Report(output, name, devices, log);
            }

            var title = string.Create(CultureInfo.InvariantCulture, $"{devices:#,0} devices come back at once");
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "docs", "images", "reconnect-storm.svg"), StormChart.Draw(title, runs));
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

    private static async Task<StormLog> RunAsync(BenchFleet fleet, int acs, int perSecond, TextWriter output)
    {
        using var peer = await GatewayPeer.StartAsync(fleet, acs, Path.Combine(Repository.Root, "rules"), sessionsPerSecond: perSecond);
        await GatewayPeer.ReadyAsync(peer);
        var context = Workload.Context(fleet, LibSsl.Tls12, LibSsl.Tls13);
        var stored = StoreBytes(fleet);
        var log = new Storm(fleet, peer.Port, context, Math.Min(MaxHands, fleet.Devices.Count)).Run(Longest);
        LibSsl.FreeContext(context);
        var done = Math.Max(1, log.Total(StormEnd.Completed));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"gateway: {peer.Process.ResidentMegabytes():0} MiB, {(StoreBytes(fleet) - stored) / done} bytes in the store a session; refused:"));
        await RefusalsAsync(peer, output);
        return log;
    }

    /// <summary>Why the gateway has refused, by its own count.</summary>
    private static async Task RefusalsAsync(Peer peer, TextWriter output)
    {
        using var client = new HttpClient();
        var metrics = await client.GetStringAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{peer.Management}/metrics")));
        foreach (var line in metrics.Split('\n').Where(line => line.StartsWith("cwmpshield_requests_rejected_total{", StringComparison.Ordinal) || line.StartsWith("cwmpshield_upstream_errors_total{", StringComparison.Ordinal)))
        {
            output.WriteLine("  " + line);
        }
    }

    private static long StoreBytes(BenchFleet fleet) =>
        new DirectoryInfo(fleet.Folder).EnumerateFiles("registry.db").Sum(file => file.Length);

    private static void Report(TextWriter output, string name, int devices, StormLog log)
    {
        var (done, later, closed) = (log.Total(StormEnd.Completed), log.Total(StormEnd.Postponed), log.Total(StormEnd.Closed));
        var busiest = log.Seconds.Max(second => second[(int)StormEnd.Postponed] + second[(int)StormEnd.Closed]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {done} of {devices} sessions completed; half after {log.SecondOf(0.5)} s, 95 % after {log.SecondOf(0.95)} s, all after {log.SecondOf(1)} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {later} times told to come again, {closed} times closed or timed out; {(later + closed) / (double)devices:0.00} retries a device, at most {log.MostAttempts} attempts of one, {busiest} failures in the busiest second"));
    }
}
