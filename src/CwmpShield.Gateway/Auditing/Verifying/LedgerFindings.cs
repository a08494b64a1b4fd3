namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>What was found: the first thousand faults and remarks each, and how many there are of all.</summary>
public sealed class LedgerFindings
{
    /// <summary>Findings that are named at most, of faults and of remarks.</summary>
    public const int Most = 1000;

    private readonly List<LedgerFinding> faults = [];
    private readonly List<LedgerFinding> remarks = [];

    /// <summary>Faults that are named.</summary>
    public IReadOnlyList<LedgerFinding> Faults => faults;

    /// <summary>Remarks that are named.</summary>
    public IReadOnlyList<LedgerFinding> Remarks => remarks;

    /// <summary>All faults.</summary>
    public long FaultCount { get; private set; }

    /// <summary>All remarks.</summary>
    public long RemarkCount { get; private set; }

    internal void Fault(string node, long sequence, string fault, string detail, long through = 0)
    {
        FaultCount++;
        Keep(faults, new LedgerFinding(node, sequence, Math.Max(sequence, through), fault, detail, IsRemark: false));
    }

    internal void Remark(string node, long sequence, string what, string detail, long through = 0)
    {
        RemarkCount++;
        Keep(remarks, new LedgerFinding(node, sequence, Math.Max(sequence, through), what, detail, IsRemark: true));
    }

    private static void Keep(List<LedgerFinding> list, LedgerFinding finding)
    {
        if (list.Count < Most)
        {
            list.Add(finding);
        }
    }
}
