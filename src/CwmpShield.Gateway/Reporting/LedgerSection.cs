using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Whether the ledger is whole, and what it holds of the period.</summary>
internal sealed record LedgerSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "ledger";

    /// <inheritdoc/>
    public override string Title => "The ledger and its verification";

    /// <summary>What verifying said; null where it was not done.</summary>
    public required ReportedVerification? Verification { get; init; }

    /// <summary>Records of the period, by kind.</summary>
    public required IReadOnlyList<NamedCount> ByKind { get; init; }

    /// <summary>Signed checkpoints by node.</summary>
    public required IReadOnlyList<SignedChain> Signed { get; init; }

    /// <summary>Prunes in the period.</summary>
    public required IReadOnlyList<RecordedEvent> Prunes { get; init; }

    /// <summary>Reads it, and verifies where that was asked for.</summary>
    public static async ValueTask<LedgerSection> ReadAsync(Store store, TallyQueries tallies, ReportEvents events, ReportRequest request, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.node, MAX(p.seq), COUNT(*), MAX(p.at), MAX(p.key_id) FROM ledger_checkpoint p JOIN ledger_chain c ON c.id = p.chain GROUP BY c.node, p.key_id ORDER BY c.node, 2
            """;
        return new LedgerSection
        {
            Verification = request.Verify is { } verify ? await verify(cancellationToken) : null,
            ByKind = await tallies.ByAsync("kind", [.. Enum.GetValues<AuditKind>()], cancellationToken),
            Signed = await store.ReadAsync(
                commands => commands.QueryAsync(sql, row => new SignedChain(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.Time(3), row.GetString(4))), cancellationToken),
            Prunes = [.. events.Of(AuditKind.Pruned).Select(RecordedEvent.Of)],
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "Each node writes a chain: every record's SHA-256 covers the record and the hash before it, and the node signs the head from time to time. To change, remove, insert or move a record breaks the chain behind it.");
        switch (Verification)
        {
            case null:
                html.Element("p", "The chains were not verified while this report was made. Until cwmpshield audit verify has said that they are whole, its figures are the store's word alone.", ("class", "note"));
                break;
            case { IsIntact: true } verified:
                html.Element("p", $"Verified while this report was made: {ReportText.Count(verified.Records, "record", "records")}, no fault found. {(verified.HasElsewhere ? "Checkpoints that are kept elsewhere were held against it." : "No checkpoints that are kept elsewhere were at hand: an end that was cut off together with its checkpoints would not be noticed.")}", ("class", "note good"));
                break;
            default:
                html.Element("p", "Verified while this report was made, and NOT intact. What follows in this report rests on records that may have been changed.", ("class", "note bad"));
                break;
        }

        Verified(html);
        HtmlTable.Write(
            html,
            "Signed checkpoints",
            [new("node", ColumnKind.Time), new("key", ColumnKind.Code), new("checkpoints", ColumnKind.Number), new("signed up to record", ColumnKind.Number), new("last (UTC)", ColumnKind.Time)],
            Signed.Select(one => (IReadOnlyList<string>)[one.Node, one.KeyId, ReportText.Of(one.Checkpoints), ReportText.Of(one.Sequence), ReportText.Of(one.At)]),
            "No checkpoint was signed.");
        HtmlTable.Write(html, "Events of the period by kind", [new("kind", ColumnKind.Code), new("events", ColumnKind.Number)], ByKind.Select(one => (IReadOnlyList<string>)[one.Name, ReportText.Of(one.Count)]), "The ledger holds nothing of the period.");
        HtmlTable.Write(html, "Prunes in the period", RecordedEvent.Columns, Prunes.Select(one => one.Cells()), "Nothing was pruned in the period.");
    }

    private void Verified(HtmlWriter html)
    {
        if (Verification is null)
        {
            return;
        }

        HtmlTable.Write(
            html,
            "Chains that were verified",
            [new("node", ColumnKind.Time), new("first record", ColumnKind.Number), new("last record", ColumnKind.Number), new("good checkpoints", ColumnKind.Number), new("proven up to record", ColumnKind.Number)],
            Verification.Chains.Select(one => (IReadOnlyList<string>)[one.Node, ReportText.Of(one.First), ReportText.Of(one.Last), ReportText.Of(one.Checkpoints), ReportText.Of(one.Proven)]),
            "There is no chain.");
        HtmlTable.Write(
            html,
            "What verification found",
            [new("kind"), new("node", ColumnKind.Time), new("record", ColumnKind.Number), new("what", ColumnKind.Code), new("detail")],
            Verification.Findings.Select(one => (IReadOnlyList<string>)[one.Kind, one.Node, ReportText.Of(one.Sequence), one.What, one.Detail]),
            "Neither fault nor remark.");
        if (ReportText.Bounded(Verification.Faults, Verification.Findings.Count(one => one.Kind == "fault"), "faults", "All of them: cwmpshield audit verify") is { } bounded)
        {
            html.Element("p", bounded, ("class", "note"));
        }
    }
}

/// <summary>What a node has signed with one key.</summary>
internal sealed record SignedChain(string Node, long Sequence, long Checkpoints, DateTimeOffset At, string KeyId);

/// <summary>A record of what a node or an operator did.</summary>
internal sealed record RecordedEvent(DateTimeOffset At, string Node, long Sequence, string Kind, string Actor, string Action, string Subject, string Detail, long Count)
{
    /// <summary>Columns of its row.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
        [new("time (UTC)", ColumnKind.Time), new("record", ColumnKind.Time), new("who"), new("what"), new("to", ColumnKind.Code), new("detail")];

    /// <summary>The event of a record.</summary>
    public static RecordedEvent Of(AuditRecord record) =>
        new(record.At, record.Node, record.Sequence, AuditKindName.Of(record.Kind), record.Actor, record.Action, record.Subject, record.Detail, record.Count);

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        ReportText.Of(At), string.Create(CultureInfo.InvariantCulture, $"{Node} {Sequence}"), Actor, Action.Length > 0 ? $"{Kind}: {Action}" : Kind, Subject,
        Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Detail} ({Count:N0})").Trim() : Detail,
    ];
}
