using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>What a session costs while others stand open: the oldest ends, a new one begins, and as many stand as before.</summary>
/// <param name="peer">The gateway, over plain HTTP.</param>
/// <param name="output">Where to.</param>
internal sealed class SessionCurve(Peer peer, TextWriter output)
{
    private const int Block = 500;
    private const int Blocks = 3;

    /// <summary>Sessions at one time.</summary>
    private static readonly int[] Levels = [100, 500, 1_000, 2_500, 5_000];

    /// <summary>Devices that take part, in the order of their numbers.</summary>
    public const int Devices = 30_000;

    /// <summary>Measures.</summary>
    /// <returns>Microseconds of CPU of a session by how many stand open.</returns>
    public IReadOnlyList<(double Sessions, double Cpu)> Measure()
    {
        using var crowd = new Crowd(peer.Port);
        crowd.Sessions(Levels[0]);
        WarmUp.Settle(peer, 4, 16, () => crowd.TurnOver(Block));
        var points = new List<(double, double)>();
        foreach (var many in Levels)
        {
            crowd.Sessions(many);
            points.Add((many, Enumerable.Range(0, Blocks).Min(_ => Cost(crowd))));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{many} sessions at one time: {points[^1].Item2:0} us of CPU a session (3 exchanges, plain HTTP)"));
        }

        return points;
    }

    private double Cost(Crowd crowd)
    {
        var before = peer.Process.Cpu();
        crowd.TurnOver(Block);
        return PeerProcess.Seconds(before, peer.Process.Cpu()) * 1e6 / Block;
    }
}
