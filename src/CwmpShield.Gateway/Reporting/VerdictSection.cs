using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Reporting;

/// <summary>What was decided, over time and by rule, message, model and strength.</summary>
internal sealed record VerdictSection : ReportSection
{
    private const int TopShown = 15;
    private static readonly AuditKind[] Allowed = [AuditKind.OrderIntent];
    private static readonly AuditKind[] Refused = [AuditKind.OrderRefused, AuditKind.OrderHeld, AuditKind.MessageRefused];
    private static readonly AuditKind[] Strangers = [AuditKind.AuthenticationFailed, AuditKind.Summarised];
    private static readonly string[] Series = ["orders allowed", "orders refused", "orders held", "device messages refused", "log-ins failed", "counted in sum"];

    /// <inheritdoc/>
    public override string Id => "verdicts";

    /// <inheritdoc/>
    public override string Title => "What was decided";

    /// <summary>Length of a span of <see cref="OverTime"/>: <c>hour</c> or <c>day</c>.</summary>
    public required string Span { get; init; }

    /// <summary>Events of each series, span by span.</summary>
    public required IReadOnlyList<VerdictSpan> OverTime { get; init; }

    /// <summary>Sums over the period.</summary>
    public required VerdictSpan Total { get; init; }

    /// <summary>Refusals by the first rule that held.</summary>
    public required IReadOnlyList<NamedCount> ByRule { get; init; }

    /// <summary>Refusals by message.</summary>
    public required IReadOnlyList<NamedCount> ByMessage { get; init; }

    /// <summary>Refusals by model.</summary>
    public required IReadOnlyList<NamedCount> ByModel { get; init; }

    /// <summary>Allowed orders by message.</summary>
    public required IReadOnlyList<NamedCount> AllowedByMessage { get; init; }

    /// <summary>Allowed orders by the strength of the device's identity.</summary>
    public required IReadOnlyList<NamedCount> AllowedByStrength { get; init; }

    /// <summary>Reasons of failed log-ins and of what was counted in sum.</summary>
    public required IReadOnlyList<NamedCount> StrangersByReason { get; init; }

    /// <summary>Reads the figures.</summary>
    public static async ValueTask<VerdictSection> ReadAsync(TallyQueries tallies, ReportRequest request, CancellationToken cancellationToken)
    {
        var isShort = request.To - request.From <= TimeSpan.FromDays(3);
        var span = (long)(isShort ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1)).TotalMilliseconds;
        var counts = await tallies.OverTimeAsync(span, cancellationToken);
        var spans = counts.GroupBy(one => one.Span).ToDictionary(group => group.Key, group => group.ToDictionary(one => one.Kind, one => one.Records));
        var over = new List<VerdictSpan>();
        for (var at = request.From.ToUnixTimeMilliseconds() / span * span; at < request.To.ToUnixTimeMilliseconds(); at += span)
        {
            over.Add(VerdictSpan.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), kind => spans.GetValueOrDefault(at)?.GetValueOrDefault(kind) ?? 0));
        }

        return new VerdictSection
        {
            Span = isShort ? "hour" : "day",
            OverTime = over,
            Total = VerdictSpan.Of(request.From, kind => counts.Where(one => one.Kind == kind).Sum(one => one.Records)),
            ByRule = await tallies.ByAsync("rule", Refused, cancellationToken),
            ByMessage = await tallies.ByAsync("message", Refused, cancellationToken),
            ByModel = await tallies.ByAsync("model", Refused, cancellationToken),
            AllowedByMessage = await tallies.ByAsync("message", Allowed, cancellationToken),
            AllowedByStrength = await tallies.ByAsync("strength", Allowed, cancellationToken),
            StrangersByReason = await tallies.ByAsync("reason", Strangers, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "Every order of the ACS was judged before it reached a device, and every device message before it reached the ACS. Counts are of ledger records; where strangers send more than is recorded one by one, their number stands under “counted in sum”.");
        if (OverTime.Count > 1)
        {
            Charts.Stacked(html, $"Decisions by {Span}", Series, [.. OverTime.Select(one => new Bar(Label(one.At), one.Values()))]);
        }

        HtmlTable.Write(
            html,
            $"Decisions by {Span} (UTC)",
            [new(Span, ColumnKind.Time), .. Series.Select(one => new Column(one, ColumnKind.Number))],
            OverTime.Where(one => one.Values().Sum() > 0).Append(Total).Select(one => (IReadOnlyList<string>)[ReferenceEquals(one, Total) ? "whole period" : Label(one.At), .. one.Values().Select(ReportText.Of)]),
            "Nothing was decided in the period.");
        Top(html, "Refusals by rule", ByRule, "rule", "No rule refused anything in the period.");
        Top(html, "Refusals by message", ByMessage, "message", "No message was refused in the period.");
        Top(html, "Refusals by model", ByModel, "model", "No refusal concerned a device that had proven who it is.");
        Top(html, "Allowed orders by message", AllowedByMessage, "message", "No order was allowed in the period.");
        Top(html, "Allowed orders by strength of identity", AllowedByStrength, "strength", "No order was allowed in the period.");
        Top(html, "Failed log-ins by reason", StrangersByReason, "reason", "No log-in failed in the period.");
    }

    private static void Top(HtmlWriter html, string title, IReadOnlyList<NamedCount> counts, string name, string none)
    {
        html.Element("h3", title);
        if (counts.Count > 0)
        {
            Charts.Lines(html, title, [.. counts.Take(TopShown).Select(one => new Bar(one.Name, [one.Count]))]);
        }

        HtmlTable.Write(html, title, [new(name, ColumnKind.Code), new("count", ColumnKind.Number)], counts.Select(one => (IReadOnlyList<string>)[one.Name, ReportText.Of(one.Count)]), none);
    }

    private string Label(DateTimeOffset at) => at.UtcDateTime.ToString(Span == "hour" ? "MM-dd HH:00" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
