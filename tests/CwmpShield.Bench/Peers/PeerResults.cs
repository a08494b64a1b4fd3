namespace CwmpShield.Bench.Peers;

/// <summary>What the rounds of a run came to. Ratios are those of one round, and of them the median: the machine may be busy, but it is for both.</summary>
internal sealed class PeerResults(IReadOnlyList<Peer> peers, IReadOnlyList<string> works)
{
    private readonly Dictionary<(string Work, string Peer), List<Measured>> all = [];
    private readonly Dictionary<string, double> memory = new(StringComparer.Ordinal);

    /// <summary>The proxies, in the order of the table.</summary>
    public IReadOnlyList<string> Names { get; } = [.. peers.Select(peer => peer.Name)];

    /// <summary>The kinds of work that were measured.</summary>
    public IReadOnlyList<string> Works => works;

    /// <summary>Takes in what one proxy's share of a round came to.</summary>
    public void Add(string work, Peer peer, Measured measured)
    {
        if (!all.TryGetValue((work, peer.Name), out var rounds))
        {
            all[(work, peer.Name)] = rounds = [];
        }

        rounds.Add(measured);
    }

    /// <summary>Keeps the most memory that a proxy was seen with.</summary>
    public void Remember(Peer peer, double megabytes) => memory[peer.Name] = Math.Max(megabytes, memory.GetValueOrDefault(peer.Name));

    /// <summary>The most memory that a proxy was seen with, in MiB.</summary>
    public double Memory(string peer) => memory[peer];

    /// <summary>CPU time of one unit in microseconds, the median of the rounds.</summary>
    public double Cpu(string work, string peer) => Median(all[(work, peer)].Select(round => round.Cpu));

    /// <summary>How long one takes, as the device sees it, in milliseconds, the median of the rounds.</summary>
    public double Time(string work, string peer, double quantile) => Median(all[(work, peer)].Select(round => round.Quantile(quantile)));

    /// <summary>CPU time of one proxy by that of another in the same round; null where one of them was not measured.</summary>
    public Ratio? Ratio(string work, string peer, string other)
    {
        if (!all.TryGetValue((work, peer), out var ours) || !all.TryGetValue((work, other), out var theirs))
        {
            return null;
        }

        var ratios = ours.Zip(theirs, (one, two) => one.Cpu / two.Cpu).Order().ToList();
        return new Ratio(Median(ratios), ratios[0], ratios[^1]);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>A ratio over the rounds.</summary>
/// <param name="Median">Its median.</param>
/// <param name="Lowest">The lowest of a round.</param>
/// <param name="Highest">The highest of a round.</param>
internal sealed record Ratio(double Median, double Lowest, double Highest);
