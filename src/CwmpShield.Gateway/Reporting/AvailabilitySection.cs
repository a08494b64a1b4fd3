using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Gateway.Reporting;

/// <summary>When nodes were down, refused for want of a ledger, or did not refuse by an operator's order.</summary>
internal sealed record AvailabilitySection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "availability";

    /// <inheritdoc/>
    public override string Title => "Downtime and fail-closed periods";

    /// <summary>Times between a node's end and its next start.</summary>
    public required IReadOnlyList<Downtime> Downtimes { get; init; }

    /// <summary>Starts after which something was missing.</summary>
    public required IReadOnlyList<RecordedEvent> Unclean { get; init; }

    /// <summary>Times in which dangerous orders were refused because the gateway could not do its work.</summary>
    public required IReadOnlyList<RecordedEvent> FailClosed { get; init; }

    /// <summary>Refusal switched off by an operator, and on again.</summary>
    public required IReadOnlyList<RecordedEvent> BreakGlass { get; init; }

    /// <summary>Records that the ledger lost.</summary>
    public required IReadOnlyList<RecordedEvent> Lost { get; init; }

    /// <summary>How many records that were.</summary>
    public long LostRecords => Lost.Sum(one => one.Count);

    /// <summary>Reads them out of the events.</summary>
    public static AvailabilitySection Of(ReportEvents events) => new()
    {
        Downtimes = [.. Downtime.Of(events.Of([AuditKind.NodeStarted, AuditKind.NodeEnded]))],
        Unclean = [.. events.Of(AuditKind.NodeStarted).Where(one => one.Action.Length > 0).Select(RecordedEvent.Of)],
        FailClosed = [.. events.Of(AuditKind.FailClosed).Select(RecordedEvent.Of)],
        BreakGlass = [.. events.Of(AuditKind.BreakGlass).Select(RecordedEvent.Of)],
        Lost = [.. events.Of(AuditKind.Summarised).Select(RecordedEvent.Of)],
    };

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "While a node is down nothing passes it. While the ledger cannot be written the gateway lets reads through and refuses every order that changes a device.");
        HtmlTable.Write(
            html,
            "Nodes that were down",
            [new("node", ColumnKind.Time), new("ended (UTC)", ColumnKind.Time), new("began again (UTC)", ColumnKind.Time), new("for")],
            Downtimes.Select(one => one.Cells()),
            "No node ended or began in the period.");
        HtmlTable.Write(html, "Starts after an end that was not in order", RecordedEvent.Columns, Unclean.Select(one => one.Cells()), "Every start in the period followed an orderly end, or was the first.");
        HtmlTable.Write(html, "Fail-closed periods", RecordedEvent.Columns, FailClosed.Select(one => one.Cells()), "The ledger could be written throughout the period.");
        HtmlTable.Write(html, "Refusal switched off by an operator", RecordedEvent.Columns, BreakGlass.Select(one => one.Cells()), "Refusal was not switched off in the period.");
        HtmlTable.Write(html, "Records that could not be kept", RecordedEvent.Columns, Lost.Select(one => one.Cells()), "The ledger lost nothing in the period.");
    }
}

/// <summary>A time in which a node was down.</summary>
/// <param name="Node">The node.</param>
/// <param name="From">When it ended; null where it did not say so.</param>
/// <param name="To">When it began again; null where it has not in the period.</param>
internal sealed record Downtime(string Node, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Downtimes out of the starts and ends of all nodes, in order.</summary>
    public static IEnumerable<Downtime> Of(IReadOnlyList<AuditRecord> startsAndEnds)
    {
        foreach (var node in startsAndEnds.GroupBy(one => one.Node, StringComparer.Ordinal))
        {
            AuditRecord? end = null;
            foreach (var one in node)
            {
                if (one.Kind == AuditKind.NodeEnded)
                {
                    end = one;
                }
                else if (end is not null || one.Action == AuditReason.UncleanEnd)
                {
                    yield return new Downtime(node.Key, end?.At, one.At);
                    end = null;
                }
            }

            if (end is not null)
            {
                yield return new Downtime(node.Key, end.At, null);
            }
        }
    }

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        Node, From is null ? "not said: it did not end in order" : ReportText.Of(From), To is null ? "not in the period" : ReportText.Of(To),
        From is { } from && To is { } to ? ReportText.Of(to - from) : "unknown",
    ];
}
