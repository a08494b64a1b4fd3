using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>
/// Verifies one chain, record by record in the order of the places, with its checkpoints in between. It keeps the last hash and little
/// else, however long the chain is.
/// </summary>
internal sealed class ChainCheck(string node, LedgerFindings findings)
{
    /// <summary>A group of records is signed at its end: no further behind a record that must be signed than a group is long.</summary>
    private const long LongestGroup = 2048;
    private const int HashLength = AuditChain.HashLength;

    private readonly byte[] computed = new byte[HashLength];
    private readonly byte[] instead = new byte[HashLength];
    private readonly RecordRemarks remarks = new(node, findings);
    private ReadOnlyMemory<byte> head = AuditChain.Origin;
    private bool isHeadKnown = true;
    private bool hasInstead;
    private AuditCheckpoint? before;
    private long mustBeSigned;

    /// <summary>Place of the first record, 0 for none yet.</summary>
    public long First { get; private set; }

    /// <summary>Place of the last record.</summary>
    public long Last { get; private set; }

    /// <summary>Hash that a good checkpoint names for the place before the first record; null where none does.</summary>
    public string? StartHead { get; private set; }

    /// <summary>Last place that a good checkpoint of the store or of elsewhere names.</summary>
    public long Signed { get; private set; }

    /// <summary>When that was signed.</summary>
    public DateTimeOffset SignedAt { get; private set; }

    /// <summary>Last place where a good checkpoint named the record that stands there.</summary>
    public long Proven { get; private set; }

    /// <summary>The prunes of which this chain keeps the record.</summary>
    public List<PruneRecord> Prunes => remarks.Prunes;

    /// <summary>Begins behind a record that a good checkpoint names, as if all up to it had been read; before the first record.</summary>
    public void BeginBehind(AuditCheckpoint checkpoint)
    {
        (First, Last) = (checkpoint.Sequence + 1, checkpoint.Sequence);
        head = Convert.FromHexString(checkpoint.Head);
        (Signed, SignedAt, Proven) = (checkpoint.Sequence, checkpoint.At, checkpoint.Sequence);
    }

    /// <summary>The next record.</summary>
    public void Record(StoredRecord row, out AuditTally tally)
    {
        if (First == 0)
        {
            Begin(row.Sequence);
        }
        else if (row.Sequence != Last + 1)
        {
            findings.Fault(node, Last + 1, LedgerFault.Removed, $"{Through(Last + 1, row.Sequence - 1)} missing; the record behind it cannot be held against what it followed", row.Sequence - 1);
            (isHeadKnown, hasInstead) = (false, false);
        }

        Chained(row);
        Body(row, out tally);
        (head, isHeadKnown) = (row.Hash, true);
        remarks.Time(row.Sequence, row.Columns.At);
        Last = row.Sequence;
    }

    /// <summary>A good checkpoint for a place at or before the last record, or for one behind all; in the order of places.</summary>
    public void Checkpoint(AuditCheckpoint checkpoint)
    {
        (Signed, SignedAt) = (checkpoint.Sequence, checkpoint.At);
        if (First == 0)
        {
            before = checkpoint;
            return;
        }

        if (checkpoint.Sequence != Last)
        {
            return;
        }

        if (!string.Equals(Convert.ToHexStringLower(head.Span), checkpoint.Head, StringComparison.Ordinal))
        {
            findings.Fault(
                node, Last, LedgerFault.Replaced, $"another record was signed at this place on {checkpoint.At:u}: the chain was rewritten somewhere behind record {Proven.ToString(CultureInfo.InvariantCulture)}");
            return;
        }

        Proven = Last;
        if (mustBeSigned > 0 && Last >= mustBeSigned)
        {
            SignedInTime();
        }
    }

    /// <summary>There is no more.</summary>
    public void End()
    {
        if (Signed > Last)
        {
            findings.Fault(node, Last + 1, LedgerFault.TailRemoved, $"{Through(Last + 1, Signed)} missing at the end; record {Signed} was signed on {SignedAt:u}", Signed);
        }
        else if (Last > Signed)
        {
            findings.Remark(node, Signed + 1, LedgerFault.UnsignedTail, $"{Through(Signed + 1, Last)} not signed yet; whoever can write the store could have rewritten or cut off such records", Last);
        }

        if (mustBeSigned > 0)
        {
            SignedInTime();
        }
    }

    private void Begin(long sequence)
    {
        First = sequence;
        Last = sequence - 1;
        if (sequence == 1)
        {
            return;
        }

        isHeadKnown = false;
        if (before is { } signed && signed.Sequence == sequence - 1)
        {
            StartHead = signed.Head;
            Proven = signed.Sequence;
            if (Convert.FromHexString(signed.Head) is { Length: HashLength } hash)
            {
                (head, isHeadKnown) = (hash, true);
            }
        }
    }

    private void Chained(StoredRecord row)
    {
        if (!isHeadKnown)
        {
            return;
        }

        AuditChain.Hash(head.Span, row.Body, computed);
        if (row.Hash.AsSpan().SequenceEqual(computed))
        {
            hasInstead = false;
            return;
        }

        var next = new byte[HashLength];
        if (hasInstead)
        {
            // The record before has another hash than its bytes give, and this one follows what they give: only that hash was changed.
            AuditChain.Hash(instead, row.Body, next);
            if (row.Hash.AsSpan().SequenceEqual(next))
            {
                hasInstead = false;
                return;
            }
        }

        findings.Fault(node, row.Sequence, LedgerFault.Changed, "its hash is not that of its bytes and the record before it");
        computed.CopyTo(instead, 0);
        hasInstead = true;
    }

    private void Body(StoredRecord row, out AuditTally tally)
    {
        if (mustBeSigned > 0 && row.Sequence - mustBeSigned > LongestGroup)
        {
            SignedInTime();
        }

        var isPlain = AuditBody.Matches(row.Body, node, row.Sequence, row.Columns, out tally);
        if (isPlain && !RecordRemarks.AreDue(row.Columns.Kind))
        {
            return;
        }

        if (AuditJsonReader.Read(row.Body) is not { } record)
        {
            findings.Fault(node, row.Sequence, LedgerFault.Unreadable, "its bytes are no record");
            return;
        }

        tally = new AuditTally(record.Strength, record.Count);
        if (!isPlain)
        {
            Differences(row, record);
        }

        if (remarks.Of(record with { Sequence = row.Sequence }))
        {
            mustBeSigned = row.Sequence;
        }
    }

    private void Differences(StoredRecord row, AuditRecord record)
    {
        if (record.Sequence != row.Sequence || !string.Equals(record.Node, node, StringComparison.Ordinal))
        {
            findings.Fault(node, row.Sequence, LedgerFault.Misplaced, $"its bytes are those of record {record.Sequence} of {AuditColumns.Text(record.Node)}");
        }

        foreach (var column in row.Differing(record))
        {
            findings.Fault(node, row.Sequence, LedgerFault.Column, $"the column {column} says something else than the record's bytes");
        }
    }

    /// <summary>Beginnings and ends of a node are signed in the transaction that writes them.</summary>
    private void SignedInTime()
    {
        if (Proven < mustBeSigned)
        {
            findings.Fault(
                node, mustBeSigned, LedgerFault.CheckpointRemoved, "the beginning and the end of a node are signed when they are written; no good checkpoint stands behind this one");
        }

        mustBeSigned = 0;
    }

    private static string Through(long first, long last) => string.Create(
        CultureInfo.InvariantCulture, $"{(first == last ? $"record {first} is" : $"records {first} to {last} are")}");
}
