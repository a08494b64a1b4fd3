using CwmpShield.Core.Audit.Controls;

namespace CwmpShield.Gateway.Reporting;

/// <summary>A control, and the figures that answer it.</summary>
internal sealed record ControlAnswer(
    string Id, string Title, string Coverage, string Statement, IReadOnlyList<Figure> Evidence, string Elsewhere, string Source, bool IsConfirmed)
{
    /// <summary>The control, answered out of the report.</summary>
    public static ControlAnswer Of(Control control, AuditReport report) => new(
        control.Id,
        control.Title,
        control.Coverage.ToString().ToLowerInvariant(),
        control.Statement,
        [.. control.Evidence.Select(query => EvidenceFigures.Of(query, control, report))],
        control.Elsewhere,
        control.Source,
        control.IsConfirmed);

    /// <summary>A coverage as people read it.</summary>
    public static string Word(string coverage) => coverage switch
    {
        "evidence" => "evidence",
        "partial" => "partly",
        _ => "none: the gateway gives no evidence",
    };

    /// <summary>Writes it.</summary>
    public void Render(HtmlWriter html)
    {
        using var box = html.Open("div", ("class", "control"));
        using (html.Open("h4"))
        {
            html.Text($"{Id} · {Title} ");
            html.Element("span", Word(Coverage), ("class", $"tag {Coverage}"));
        }

        html.Element("p", Statement);
        if (Evidence.Count > 0)
        {
            using var list = html.Open("ul");
            foreach (var figure in Evidence)
            {
                using var item = html.Open("li");
                html.Text(figure.Text + " ");
                html.Element("a", "(figures)", ("href", $"#{figure.Section}"));
            }
        }

        if (Elsewhere.Length > 0)
        {
            html.Element("p", $"To be seen elsewhere: {Elsewhere}");
        }

        html.Element("p", IsConfirmed ? $"Source: {Source}" : $"Source: {Source}. Id and subject were not held against the scheme's own text.", ("class", "source"));
    }
}

/// <summary>A sentence with numbers out of the store.</summary>
/// <param name="Query">Word of the evidence.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Section">Where the figures stand.</param>
internal sealed record Figure(string Query, string Text, string Section);
