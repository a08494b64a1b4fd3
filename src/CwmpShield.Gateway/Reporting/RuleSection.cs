using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Which rule sets judged, and when they came into force.</summary>
internal sealed record RuleSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "rules";

    /// <inheritdoc/>
    public override string Title => "Rule sets in force";

    /// <summary>What was in force when the period began, for each node that has a record of it.</summary>
    public required IReadOnlyList<RuleChange> Before { get; init; }

    /// <summary>Changes in the period, refused ones too.</summary>
    public required IReadOnlyList<RuleChange> Changes { get; init; }

    /// <summary>Hash of the set on disk when the report was made; empty where it was not at hand.</summary>
    public required string OnDisk { get; init; }

    /// <summary>Rules of that set.</summary>
    public required int RulesOnDisk { get; init; }

    /// <summary>Reads the last change before the period; those of the period come with the events.</summary>
    public static async ValueTask<RuleSection> ReadAsync(Store store, ReportEvents events, ReportRequest request, CancellationToken cancellationToken)
    {
        var before = new List<RuleChange>();
        foreach (var tip in await new LedgerSearch(store).ChainsAsync(cancellationToken))
        {
            var query = new LedgerQuery { To = request.From, Kinds = [AuditKind.RulesChanged], Node = tip.Node, Limit = 20 };
            var rows = await new LedgerSearch(store).FindAsync(query, cancellationToken);
            before.AddRange(rows.Select(row => RuleChange.Of(row.Record)).Where(one => one.InForce).Take(1));
        }

        return new RuleSection
        {
            Before = before,
            Changes = [.. events.Of(AuditKind.RulesChanged).Select(RuleChange.Of)],
            OnDisk = request.Rules?.Hash ?? "",
            RulesOnDisk = request.Rules?.Rules.Length ?? 0,
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "Each decision in the ledger names the hash of the set that judged it: the names, lengths and contents of all its files.");
        html.Element("p", OnDisk.Length > 0
            ? $"On disk when this report was made: {RulesOnDisk} rules, hash {OnDisk}."
            : "The rule files were not at hand when this report was made.");
        IReadOnlyList<Column> columns = [new("time (UTC)", ColumnKind.Time), new("node", ColumnKind.Time), new("in force"), new("hash", ColumnKind.Code), new("what")];
        HtmlTable.Write(html, "In force when the period began", columns, Before.Select(one => one.Cells()), "No record before the period says which rules were in force. They may be older than the ledger, or pruned.");
        HtmlTable.Write(html, "Changes in the period", columns, Changes.Select(one => one.Cells()), "The rules were not changed in the period.");
    }
}

/// <summary>A change of rules, or one that was not taken.</summary>
/// <param name="At">When.</param>
/// <param name="Node">On which node.</param>
/// <param name="InForce">Whether it came into force; else the last good set stayed.</param>
/// <param name="Hash">Hash of the set.</param>
/// <param name="Detail">Version, or what was wrong.</param>
internal sealed record RuleChange(DateTimeOffset At, string Node, bool InForce, string Hash, string Detail)
{
    /// <summary>The change of a record.</summary>
    public static RuleChange Of(AuditRecord record) => new(record.At, record.Node, record.Action != ChangeAudit.Kept, record.Subject, record.Detail);

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() => [ReportText.Of(At), Node, InForce ? "yes" : "no, the last good set stayed", Hash, Detail];
}
