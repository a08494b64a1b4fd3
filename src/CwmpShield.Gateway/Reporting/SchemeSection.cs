using CwmpShield.Core.Audit.Controls;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Each control of a scheme, with what the gateway's records say to it.</summary>
internal sealed record SchemeSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => $"scheme-{Scheme}";

    /// <inheritdoc/>
    public override string Title => Name;

    /// <summary>Word of the scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>Name and edition.</summary>
    public required string Name { get; init; }

    /// <summary>What of it stands here.</summary>
    public required string About { get; init; }

    /// <summary>Its controls.</summary>
    public required IReadOnlyList<ControlAnswer> Controls { get; init; }

    /// <summary>The scheme, answered out of the report.</summary>
    public static SchemeSection Of(ControlScheme scheme, AuditReport report) => new()
    {
        Scheme = scheme.Id,
        Name = scheme.Title,
        About = scheme.Scope,
        Controls = [.. scheme.Controls.Select(control => ControlAnswer.Of(control, report))],
    };

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", About);
        html.Element("p", "Words below are this product's own; the scheme's text is what counts. “Evidence” means that the records speak to what the control asks for the traffic that passed the gateway, “partly” that they speak to some of it, “none” that they say nothing. None of these words says that the control is met.");
        HtmlTable.Write(
            html,
            "Controls by coverage",
            [new("coverage"), new("controls", ColumnKind.Number)],
            Controls.GroupBy(one => one.Coverage, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (IReadOnlyList<string>)[ControlAnswer.Word(group.Key), ReportText.Of(group.LongCount())]),
            "The mapping holds no control.");
        foreach (var control in Controls)
        {
            control.Render(html);
        }
    }
}
