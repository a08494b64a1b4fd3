using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>What records say of their own chain.</summary>
internal sealed class RecordRemarks(string node, LedgerFindings findings)
{
    /// <summary>Records that come at once are not written in the order of their times; a clock that was set goes further back.</summary>
    private const double ClockTolerance = 5000;

    private const double LongestShown = 1e14;

    /// <summary>Prunes that are remembered of one chain: the last ones.</summary>
    private const int MostPrunes = 4096;

    private long? lastAt;

    /// <summary>The prunes of which this chain keeps the record.</summary>
    public List<PruneRecord> Prunes { get; } = [];

    /// <summary>Whether records of a kind say anything of the chain.</summary>
    public static bool AreDue(string kind) => kind is "node-started" or "node-ended" or "pruned" or "summarised";

    /// <summary>Notes when a record was written.</summary>
    /// <param name="sequence">Its place.</param>
    /// <param name="at">When by its node's clock, Unix milliseconds; a column that somebody has changed may say anything.</param>
    public void Time(long sequence, long at)
    {
        if (lastAt is { } last && (double)last - at > ClockTolerance)
        {
            var back = TimeSpan.FromMilliseconds(Math.Min((double)last - at, LongestShown));
            findings.Remark(node, sequence, LedgerFault.Clock, $"it is {back} older than the record before it");
        }

        lastAt = at;
    }

    /// <summary>Notes what a record says; whether it must be signed with its group.</summary>
    public bool Of(AuditRecord record)
    {
        switch (record.Kind)
        {
            case AuditKind.NodeStarted:
                Started(record);
                return true;
            case AuditKind.NodeEnded:
                return true;
            case AuditKind.Pruned when PruneRecord.Read(record) is { } prune:
                Prunes.RemoveRange(0, Prunes.Count < MostPrunes ? 0 : 1);
                Prunes.Add(prune);
                return false;
            case AuditKind.Summarised when string.Equals(record.Action, AuditReason.Lost, StringComparison.Ordinal):
                findings.Remark(node, record.Sequence, LedgerFault.Lost, $"{record.Count} records could not be kept until they could be written");
                return false;
            default:
                return false;
        }
    }

    private void Started(AuditRecord record)
    {
        if (string.Equals(record.Action, AuditReason.UncleanEnd, StringComparison.Ordinal))
        {
            findings.Remark(node, record.Sequence, LedgerFault.UncleanEnd, "the node began although the one before it had not ended in order");
        }
        else if (string.Equals(record.Action, AuditReason.TailMissing, StringComparison.Ordinal))
        {
            findings.Remark(node, record.Sequence, LedgerFault.BeganShort, "the node found its chain shorter than it was signed");
        }
    }
}
