using System.Diagnostics;
using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>What a start of the gateway costs: the time until it is ready, and the CPU time of the first requests beside that of later ones.</summary>
/// <param name="fleet">Registered devices with certificates.</param>
/// <param name="acs">Port of the ACS.</param>
/// <param name="rules">Folder of the rules.</param>
/// <param name="output">Where lines go.</param>
internal sealed class StartCurve(BenchFleet fleet, int acs, string rules, TextWriter output)
{
    private const int Starts = 7;
    private const int Block = 800;
    private const double ReadyWanted = 1.5;
    private const double PenaltyWanted = 2;
    private static readonly TimeSpan FirstMinute = TimeSpan.FromMinutes(1);

    /// <summary>Measures one build of the gateway.</summary>
    /// <param name="name">What the lines call it.</param>
    /// <param name="program">The command: a .dll that <c>dotnet</c> runs, or an executable.</param>
    /// <returns>CPU time of a request, in microseconds, by the seconds since the first one.</returns>
    /// <exception cref="BenchException">It does not start, or answers wrongly.</exception>
    public async Task<IReadOnlyList<(double At, double Cpu)>> MeasureAsync(string name, string program)
    {
        var (ready, first) = (new List<double>(), new List<double>());
        using var workload = new Workload(fleet);
        for (var i = 1; i < Starts; i++)
        {
            using var once = await StartAsync(program, ready);
            first.Add(workload.KeepAlive(once, Block).Cpu);
        }

        using var peer = await StartAsync(program, ready);
        var points = Minute(peer, workload);
        first.Add(points[0].Cpu);
        var (steady, minute) = (Median([.. points.TakeLast(9).Select(point => point.Cpu)]), points.Average(point => point.Cpu));
        Line($"{name}: start to ready {Median(ready):0.00} s (median of {Starts} starts, {ready.Min():0.00} to {ready.Max():0.00}), {fleet.Registered} devices; wanted: {ReadyWanted:0.0} s, {Verdict(Median(ready) <= ReadyWanted)}");
        Line($"{name}: first {Block} requests {Median(first):0} us of CPU each, after a minute {steady:0} us: {Median(first) / steady:0.0} times as much; wanted: {PenaltyWanted:0.0}, {Verdict(Median(first) <= PenaltyWanted * steady)}");
        Line($"{name}: all requests of the first minute {minute:0} us: {minute / steady:0.0} times as much; above {PenaltyWanted:0.0} times for {Until(points, steady):0.0} s");
        return points;
    }

    private async Task<Peer> StartAsync(string program, List<double> ready)
    {
        var watch = Stopwatch.StartNew();
        var peer = await GatewayPeer.StartAsync(fleet, acs, rules, program: program);
        await GatewayPeer.ReadyAsync(peer);
        ready.Add(watch.Elapsed.TotalSeconds);
        return peer;
    }

    private static List<(double At, double Cpu)> Minute(Peer peer, Workload workload)
    {
        var (since, points) = (Stopwatch.StartNew(), new List<(double At, double Cpu)>());
        while (since.Elapsed < FirstMinute)
        {
            var at = since.Elapsed.TotalSeconds;
            points.Add((at, workload.KeepAlive(peer, Block).Cpu));
        }

        return points;
    }

    /// <summary>Seconds until the first block that costs no more than what is wanted.</summary>
    private static double Until(List<(double At, double Cpu)> points, double steady) => points.Find(point => point.Cpu <= PenaltyWanted * steady).At;

    private static string Verdict(bool isReached) => isReached ? "reached" : "MISSED";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
