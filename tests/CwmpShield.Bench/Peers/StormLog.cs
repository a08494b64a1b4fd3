namespace CwmpShield.Bench.Peers;

/// <summary>How one attempt of a device ended.</summary>
internal enum StormEnd
{
    /// <summary>The whole session was held.</summary>
    Completed = 0,

    /// <summary>503 with Retry-After.</summary>
    Postponed,

    /// <summary>The connection was closed, during the handshake or before an answer.</summary>
    Closed,
}

/// <summary>What a fleet met, second by second.</summary>
internal sealed class StormLog
{
    private readonly Lock sync = new();
    private readonly List<int[]> seconds = [];

    /// <summary>Attempts that ended in each second, by their end.</summary>
    public IReadOnlyList<int[]> Seconds => seconds;

    /// <summary>The most attempts that one device needed.</summary>
    public int MostAttempts { get; private set; }

    /// <summary>Attempts that ended so.</summary>
    public int Total(StormEnd end) => seconds.Sum(second => second[(int)end]);

    /// <summary>The second in which this part of all sessions was completed.</summary>
    public int SecondOf(double part)
    {
        var (need, done) = (part * Total(StormEnd.Completed), 0);
        var at = seconds.FindIndex(second => (done += second[(int)StormEnd.Completed]) >= need);
        return at + 1;
    }

    /// <summary>Notes how an attempt ended.</summary>
    public void Ended(StormEnd end, TimeSpan since, int attempt)
    {
        lock (sync)
        {
            while (seconds.Count <= (int)since.TotalSeconds)
            {
                seconds.Add(new int[3]);
            }

            seconds[(int)since.TotalSeconds][(int)end]++;
            MostAttempts = Math.Max(MostAttempts, attempt);
        }
    }
}
