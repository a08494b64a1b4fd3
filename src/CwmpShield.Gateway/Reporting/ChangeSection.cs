using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Reporting;

/// <summary>What operators did, and what changed in the gateway's configuration.</summary>
internal sealed record ChangeSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "changes";

    /// <inheritdoc/>
    public override string Title => "Changes by operators";

    /// <summary>What operators did in the period.</summary>
    public required long Actions { get; init; }

    /// <summary>The first of it, the oldest first.</summary>
    public required IReadOnlyList<RecordedEvent> Operators { get; init; }

    /// <summary>Changes of configuration in the period.</summary>
    public required IReadOnlyList<RecordedEvent> Configuration { get; init; }

    /// <summary>Reads them.</summary>
    public static async ValueTask<ChangeSection> ReadAsync(TallyQueries tallies, ReportEvents events, CancellationToken cancellationToken) => new()
    {
        Actions = await tallies.CountAsync([AuditKind.OperatorAction], cancellationToken),
        Operators = [.. events.Of(AuditKind.OperatorAction).Select(RecordedEvent.Of)],
        Configuration = [.. events.Of(AuditKind.ConfigurationChanged).Select(RecordedEvent.Of)],
    };

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "Changes at the command line and the console. The name at the command line is the system user's: whether it stands for one person is for the operator to show.");
        var byActor = Operators.GroupBy(one => one.Actor, StringComparer.Ordinal).Select(group => (IReadOnlyList<string>)[group.Key, ReportText.Of(group.LongCount())]);
        HtmlTable.Write(html, "Actions by operator, of those in the table below", [new("who"), new("actions", ColumnKind.Number)], byActor, "No operator changed anything in the period.");
        if (ReportText.Bounded(Actions, Operators.Count, "actions", "All of them: cwmpshield audit export") is { } bounded)
        {
            html.Element("p", bounded, ("class", "note"));
        }

        HtmlTable.Write(html, "Actions", RecordedEvent.Columns, Operators.Select(one => one.Cells()), "No operator changed anything in the period.");
        HtmlTable.Write(html, "Changes of the configuration", RecordedEvent.Columns, Configuration.Select(one => one.Cells()), "No node began with another configuration in the period.");
    }
}
