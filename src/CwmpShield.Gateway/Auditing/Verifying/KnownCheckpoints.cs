using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>
/// Checkpoints that are kept elsewhere than in the store, by node in the order of their places: lines of
/// <see cref="Configuration.AuditOptions.CheckpointFile"/>, or of a syslog file with the same JSON in them.
/// </summary>
public sealed class KnownCheckpoints
{
    private const int MaxLine = 65_536;
    private readonly Dictionary<string, List<AuditCheckpoint>> byNode = new(StringComparer.Ordinal);

    /// <summary>Nodes that checkpoints were found of.</summary>
    public IReadOnlyCollection<string> Nodes => byNode.Keys;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Reads lines; those without a checkpoint are passed over, those whose signature is not good are findings.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="trust">The trusted keys.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public static KnownCheckpoints Read(IEnumerable<string> lines, LedgerTrust trust, LedgerFindings findings)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var known = new KnownCheckpoints();
        foreach (var line in lines)
        {
            if (line.Length <= MaxLine && In(line) is { } checkpoint && CheckpointCheck.IsGood(checkpoint, "a line of the checkpoint file", trust, findings))
            {
                known.Add(checkpoint);
            }
        }

        foreach (var list in known.byNode.Values)
        {
            list.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        }

        return known;
    }

    /// <summary>Those of a node.</summary>
    internal IReadOnlyList<AuditCheckpoint> Of(string node) => byNode.TryGetValue(node, out var list) ? list : [];

    private void Add(AuditCheckpoint checkpoint)
    {
        if (!byNode.TryGetValue(checkpoint.Node, out var list))
        {
            byNode[checkpoint.Node] = list = [];
        }

        // What only proves again that a signature was checked takes no room.
        list.Add(checkpoint with { Signature = "", Node = list.Count > 0 ? list[0].Node : checkpoint.Node, KeyId = "" });
        Count++;
    }

    private static AuditCheckpoint? In(string line)
    {
        var start = line.IndexOf("{\"node\":", StringComparison.Ordinal);
        var end = line.LastIndexOf('}');
        return start >= 0 && end > start ? LedgerCheckpoints.Read(line[start..(end + 1)]) : null;
    }
}
