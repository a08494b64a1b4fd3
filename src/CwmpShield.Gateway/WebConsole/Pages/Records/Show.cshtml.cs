using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>One record explained: what came of what, to whom, why, what belongs to it, and what proves it.</summary>
internal sealed class RecordModel(LedgerSearch search, EvidenceStore evidence, RuleSetHolder rules) : ConsolePage
{
    private const int MaxTimeline = 100;

    /// <summary>The record.</summary>
    public LedgerRow Row { get; private set; } = null!;

    /// <summary>What it says.</summary>
    public AuditRecord Record => Row.Record;

    /// <summary>Its severity.</summary>
    public AuditSeverity Severity => AuditSeverityOf.Record(Record);

    /// <summary>Hash of the record before it; null where that is not there any more.</summary>
    public byte[]? Previous { get; private set; }

    /// <summary>Whether hash and bytes fit; null where it cannot be told.</summary>
    public bool? IsIntact { get; private set; }

    /// <summary>What vouches for it; null while nothing does.</summary>
    public AuditCheckpoint? Checkpoint { get; private set; }

    /// <summary>The record of its intent; null where it is no outcome, or that is not there.</summary>
    public LedgerRow? Intent { get; private set; }

    /// <summary>The records of its session, oldest first.</summary>
    public IReadOnlyList<LedgerRow> Timeline { get; private set; } = [];

    /// <summary>Whether the session has more records than are shown.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The rules that held, as they are in force now; null for one that is not.</summary>
    public IReadOnlyList<(string Id, Rule? Rule)> Rules { get; private set; } = [];

    /// <summary>Whether the rules in force are those that judged; null where none did.</summary>
    public bool? IsSameRuleSet => Record.RuleSet.Length == 0 ? null : Record.RuleSet == rules.Current.Hash;

    /// <summary>SHA-256 of the rules in force.</summary>
    public string RuleSetInForce => rules.Current.Hash;

    /// <summary>Reads it.</summary>
    public async Task<IActionResult> OnGetAsync(long chain, long sequence)
    {
        if (await evidence.FindAsync(chain, sequence, Gone) is not { } row)
        {
            return NotFound();
        }

        if (!RecordSight.Sees(Session, row.Record))
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status403Forbidden);
        }

        Row = row;
        var before = sequence > 1 ? (await evidence.FindAsync(chain, sequence - 1, Gone))?.Hash : AuditChain.Origin.ToArray();
        (Previous, IsIntact) = (before, before is null ? null : Fits(before));
        Checkpoint = await evidence.CheckpointAsync(row, Gone);
        Intent = Record.Intent > 0 ? await evidence.FindAsync(chain, Record.Intent, Gone) : null;
        Rules = [.. Record.Rules.Select(id => (id, rules.Current.Rules.FirstOrDefault(one => one.Id == id)))];
        if (Record.Session.Length > 0)
        {
            var found = await search.FindAsync(RecordSight.Narrow(Session, new LedgerQuery { Session = Record.Session, OldestFirst = true, Limit = MaxTimeline + 1 }), Gone);
            (Timeline, HasMore) = ([.. found.Take(MaxTimeline)], found.Count > MaxTimeline);
        }

        return Page();
    }

    /// <summary>What a row of the timeline is to this record; empty for another order's.</summary>
    public string RelationOf(LedgerRow other) =>
        other.Chain != Row.Chain ? ""
        : other.Sequence == Row.Sequence ? "this record"
        : other.Sequence == Record.Intent ? "its intent"
        : other.Record.Intent == Row.Sequence ? "its outcome"
        : "";

    private bool Fits(byte[] before)
    {
        Span<byte> hash = stackalloc byte[AuditChain.HashLength];
        AuditChain.Hash(before, Row.Body, hash);
        return hash.SequenceEqual(Row.Hash);
    }
}
