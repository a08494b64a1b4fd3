namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>What can be wrong with a chain, and what is only remarked (stable words).</summary>
public static class LedgerFault
{
    /// <summary>The record's bytes or its hash are not those that were chained.</summary>
    public const string Changed = "changed";

    /// <summary>Records are missing between two others.</summary>
    public const string Removed = "removed";

    /// <summary>The bytes name another node or place: moved, copied, or written by somebody else.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>A column says something else than the bytes.</summary>
    public const string Column = "column-changed";

    /// <summary>The bytes are no record.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Another record stands where a checkpoint was signed: the chain was rewritten.</summary>
    public const string Replaced = "replaced";

    /// <summary>The chain ends before a place that was signed.</summary>
    public const string TailRemoved = "tail-removed";

    /// <summary>The chain begins late, and no signed prune says why.</summary>
    public const string StartRemoved = "start-removed";

    /// <summary>There is no such chain, and checkpoints of it exist.</summary>
    public const string ChainRemoved = "chain-removed";

    /// <summary>The signature of a checkpoint is not valid.</summary>
    public const string CheckpointForged = "checkpoint-forged";

    /// <summary>A checkpoint was signed with a key that is not trusted.</summary>
    public const string KeyUnknown = "key-unknown";

    /// <summary>A checkpoint that must be there is not.</summary>
    public const string CheckpointRemoved = "checkpoint-removed";

    /// <summary>Remark: records behind the last checkpoint, which nothing but the chain holds.</summary>
    public const string UnsignedTail = "unsigned-tail";

    /// <summary>Remark: a node began although the one before had not ended in order.</summary>
    public const string UncleanEnd = "unclean-end";

    /// <summary>Remark: a node found its chain shorter than signed when it began.</summary>
    public const string BeganShort = "began-short";

    /// <summary>Remark: the clock went backwards.</summary>
    public const string Clock = "clock-backwards";

    /// <summary>Remark: the counts by hour are not those of the records.</summary>
    public const string Tally = "tally-differs";

    /// <summary>Remark: the beginning was pruned, as a signed record says.</summary>
    public const string Pruned = "pruned";

    /// <summary>Remark: records were lost before they could be written.</summary>
    public const string Lost = "records-lost";
}
