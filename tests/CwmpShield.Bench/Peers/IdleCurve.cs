using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>
/// What connections hold that stand idle, each from an address of its own, as devices do: the limits are those that are shipped, but
/// <c>Limits:IdleTime</c>, which is long enough for them to stand. How many there can be is said by the limit on open files.
/// </summary>
/// <param name="peer">The gateway, over plain HTTP.</param>
/// <param name="output">Where to.</param>
internal sealed class IdleCurve(Peer peer, TextWriter output)
{
    private const int Wanted = 20_000;
    private const int Sessions = 400;

    /// <summary>Files that the gateway keeps for itself; each device takes two of the others, one of them towards the ACS.</summary>
    private const int OwnFiles = 400;

    private static readonly int[] Steps = [2_500, 5_000, 7_500, 10_000, 12_500, 15_000, 17_500];
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>Measures.</summary>
    /// <returns>Resident memory in MiB by connections.</returns>
    /// <exception cref="BenchException">The gateway has closed connections that were to stand.</exception>
    public async Task<IReadOnlyList<(double Connections, double Memory)>> MeasureAsync()
    {
        var most = Math.Min(Wanted, (int)((OpenFiles() - OwnFiles) / 2 / 100 * 100));
        using var active = new Crowd(peer.Port);
        WarmUp.Settle(peer, 3, 15, () => active.Visits(Sessions));
        var alone = Session(active);
        using var crowd = new Crowd(peer.Port) { First = 30_000 };
        crowd.Idle(500);
        await StandAsync(500);
        var points = new List<(double, double)> { (500, peer.Process.ResidentMegabytes()) };
        foreach (var many in Steps.Where(step => step < most).Append(most))
        {
            crowd.Idle(many);
            await StandAsync(many);
            points.Add((many, peer.Process.ResidentMegabytes()));
        }

        var used = points[^1].Item2 - points[0].Item2;
        Line($"{most:#,0} idle connections: {used:0} MiB more than 500, {used * 1024 / (most - 500):0.0} KB each; {Rest():0.0} % of a core while nothing happens");
        Line($"a session (3 exchanges, plain HTTP): {Session(active):0} us of CPU beside them, {alone:0} us without them");
        await StandAsync(most);
        if (most < Wanted)
        {
            Line($"{Wanted:#,0} were wanted: a process may open {OpenFiles():#,0} files here, and needs {(2 * Wanted) + OwnFiles:#,0} for them");
        }

        return points;
    }

    /// <summary>Files that a process which is started here may open.</summary>
    private static long OpenFiles()
    {
        var line = File.ReadLines("/proc/self/limits").First(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        return long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }

    /// <summary>Microseconds of CPU of a session, the least of three blocks.</summary>
    private double Session(Crowd active) => Enumerable.Range(0, 3).Min(_ =>
    {
        var before = peer.Process.Cpu();
        active.Visits(Sessions);
        return PeerProcess.Seconds(before, peer.Process.Cpu()) * 1e6 / Sessions;
    });

    /// <summary>Share of a core that the gateway takes while nobody says anything, in per cent.</summary>
    private double Rest()
    {
        var before = peer.Process.Cpu();
        Thread.Sleep(Quiet);
        return PeerProcess.Seconds(before, peer.Process.Cpu()) * 100 / Quiet.TotalSeconds;
    }

    /// <summary>Waits until the gateway itself counts as many connections.</summary>
    private async Task StandAsync(int many)
    {
        const string gauge = "cwmpshield_connections_active{listener=\"fleet\"} ";
        using var client = new HttpClient();
        var counted = "none";
        for (var i = 0; i < 50; i++)
        {
            var metrics = await client.GetStringAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{peer.Management}/metrics")));
            counted = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(gauge, StringComparison.Ordinal))?[gauge.Length..] ?? counted;
            if (counted == many.ToString(CultureInfo.InvariantCulture))
            {
                return;
            }

            await Task.Delay(200);
        }

        throw new BenchException($"{many} connections were to stand, the gateway counts {counted}");
    }

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
