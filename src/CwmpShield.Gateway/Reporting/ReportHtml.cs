namespace CwmpShield.Gateway.Reporting;

/// <summary>The report as one HTML document that needs nothing else: no script, no image, no font from anywhere.</summary>
internal static class ReportHtml
{
    /// <summary>Writes it.</summary>
    public static void Write(AuditReport report, TextWriter output)
    {
        var html = new HtmlWriter(output);
        var period = $"{ReportText.Of(report.Scope.From)} to {ReportText.Of(report.Scope.To)} UTC";
        html.Head($"CwmpShield audit report, {period}");
        using (html.Open("body"))
        {
            using (html.Open("header"))
            {
                html.Element("h1", "Audit report: orders to customer devices");
                html.Element("p", period, ("class", "lead"));
            }

            using (html.Open("main"))
            {
                Figures(html, report);
                Contents(html, report);
                foreach (var section in report.Sections)
                {
                    using var part = html.Open("section", ("aria-labelledby", section.Id));
                    html.Element("h2", section.Title, ("id", section.Id));
                    section.Render(html);
                }

                Checking(html, report);
            }

            html.Element("footer", $"Made by cwmpshield {report.Scope.Version} at {ReportText.Of(report.Scope.MadeAt)} UTC. All times are UTC.");
        }

        html.End();
    }

    private static void Figures(HtmlWriter html, AuditReport report)
    {
        var ledger = report.Ledger.Verification switch { null => "not verified", { IsIntact: true } => "intact", _ => "NOT INTACT" };
        (string Figure, string Name)[] figures =
        [
            (ReportText.Of(report.Verdicts.Total.OrdersAllowed), "orders allowed"),
            (ReportText.Of(report.Orders.Total), "orders refused or held"),
            (ReportText.Of(report.Verdicts.Total.MessagesRefused), "device messages refused"),
            (ReportText.Of(report.Verdicts.Total.LogInsFailed + report.Verdicts.Total.CountedInSum), "failed log-ins and the like"),
            (ReportText.Of(report.Identity.Devices), "devices in the registry"),
            (ReportText.Of(report.Drift.OpenCount), "open differences from orders"),
            (ReportText.Of(report.Changes.Actions), "actions of operators"),
            (ledger, "ledger"),
        ];
        using var list = html.Open("ul", ("class", "figures"));
        foreach (var (figure, name) in figures)
        {
            using var item = html.Open("li");
            html.Element("b", figure);
            html.Element("span", name);
        }
    }

    private static void Contents(HtmlWriter html, AuditReport report)
    {
        using var nav = html.Open("nav", ("aria-label", "Contents"));
        html.Element("h2", "Contents");
        using var list = html.Open("ol");
        foreach (var (id, title) in report.Sections.Select(section => (section.Id, section.Title)).Append(("checking", "How to check this report")))
        {
            using var item = html.Open("li");
            html.Element("a", title, ("href", $"#{id}"));
        }
    }

    private static void Checking(HtmlWriter html, AuditReport report)
    {
        using var part = html.Open("section", ("aria-labelledby", "checking"));
        html.Element("h2", "How to check this report", ("id", "checking"));
        html.Element("p", $"Beside this file lies its signature (the same name with .sig): ECDSA on P-256 with SHA-256, made with the ledger's key {report.Scope.KeyId}. Ask the operator for that key's public half by another way than this report, and compare its name: the first 16 hexadecimal digits of the SHA-256 of the key in DER.");
        html.Element("p", "cwmpshield report verify FILE --public-key ledger.pub", ("class", "c"));
        html.Element("p", "openssl dgst -sha256 -verify ledger.pub -signature FILE.sig FILE", ("class", "c"));
        html.Element("p", "The figures can be had anew from the store with the same command, and the records behind them with cwmpshield audit export. The JSON form carries the SHA-256 of this file.");
    }
}
