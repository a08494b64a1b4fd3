namespace CwmpShield.Gateway.Reporting;

/// <summary>Exceptions that lift rules: who agreed, and until when.</summary>
internal sealed record ExceptionSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "exceptions";

    /// <inheritdoc/>
    public override string Title => "Exceptions from rules";

    /// <summary>Whether the rule files were at hand.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>The exceptions.</summary>
    public required IReadOnlyList<ExceptionNow> Exceptions { get; init; }

    /// <summary>Reads them from the rules on disk.</summary>
    public static ExceptionSection Of(ReportRequest request) => new()
    {
        IsKnown = request.Rules is not null,
        Exceptions = [.. (request.Rules?.Exceptions ?? []).Take(request.MaxRows).Select(one => new ExceptionNow(one.RuleIds, one.Ticket, one.Until, one.Until <= request.At, one.Reason, one.File, one.Line))],
    };

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "Every exception names the rules that it lifts, a ticket, and the day on which it ends by itself. These are the ones in the rule files when the report was made; a decision that an exception lifted names its ticket in the ledger.");
        HtmlTable.Write(
            html,
            "Exceptions",
            [new("ticket"), new("rules", ColumnKind.Code), new("ends (UTC)", ColumnKind.Time), new("state"), new("why"), new("where", ColumnKind.Code)],
            Exceptions.Select(one => one.Cells()),
            IsKnown ? "The rule files hold no exception." : "The rule files were not at hand when this report was made: it does not say which exceptions there are.");
    }
}

/// <summary>One exception.</summary>
internal sealed record ExceptionNow(IReadOnlyList<string> Rules, string Ticket, DateTimeOffset Until, bool HasEnded, string Reason, string File, int Line)
{
    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
        [Ticket, string.Join('\n', Rules), ReportText.Of(Until), HasEnded ? "has ended" : "in force", Reason, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}")];
}
