using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Every order that was refused or held.</summary>
internal sealed record OrderSection : ReportSection
{
    private static readonly AuditKind[] Kinds = [AuditKind.OrderRefused, AuditKind.OrderHeld];

    /// <inheritdoc/>
    public override string Id => "orders";

    /// <inheritdoc/>
    public override string Title => "Orders that were refused or held";

    /// <summary>How many there are in the period.</summary>
    public required long Total { get; init; }

    /// <summary>The first of them, the oldest first.</summary>
    public required IReadOnlyList<StoppedOrder> Orders { get; init; }

    /// <summary>Held orders as they stand now, of those that were seen in the period.</summary>
    public required IReadOnlyList<HeldNow> Held { get; init; }

    /// <summary>Period as an export takes it.</summary>
    public required string ExportHint { get; init; }

    /// <summary>Reads them.</summary>
    public static async ValueTask<OrderSection> ReadAsync(Store store, TallyQueries tallies, ReportRequest request, CancellationToken cancellationToken)
    {
        var orders = new List<StoppedOrder>();
        var query = new LedgerQuery { From = request.From, To = request.To, RefusedOnly = true, Kinds = Kinds };
        await foreach (var row in new LedgerPages(store).ReadAsync(query, cancellationToken))
        {
            if (orders.Count == request.MaxRows)
            {
                break;
            }

            orders.Add(StoppedOrder.Of(row.Record));
        }

        return new OrderSection
        {
            Total = await tallies.CountAsync(Kinds, cancellationToken),
            Orders = orders,
            Held = await HeldAsync(store, request, cancellationToken),
            ExportHint = string.Create(
                CultureInfo.InvariantCulture, $"All of them: cwmpshield audit export --from {request.From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} --to {request.To.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"),
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", $"{ReportText.Count(Total, "order was", "orders were")} refused or held. None of them reached its device; the ACS was told so in its own protocol. A # and eight digits stand for a value that is not shown: they begin its keyed hash.");
        if (ReportText.Bounded(Total, Orders.Count, "refused and held orders", ExportHint) is { } bounded)
        {
            html.Element("p", bounded, ("class", "note"));
        }

        HtmlTable.Write(
            html,
            "Refused and held orders",
            [new("time (UTC)", ColumnKind.Time), new("record", ColumnKind.Time), new("device", ColumnKind.Code), new("order"), new("verdict"), new("rules and reasons", ColumnKind.Code), new("what it named", ColumnKind.Code)],
            Orders.Select(one => one.Cells()),
            "No order was refused or held in the period.");
        html.Element("h3", "Held orders and what was decided");
        HtmlTable.Write(
            html,
            "Held orders",
            [new("number", ColumnKind.Number), new("device", ColumnKind.Code), new("order"), new("rules", ColumnKind.Code), new("status"), new("ticket"), new("times", ColumnKind.Number), new("last ordered (UTC)", ColumnKind.Time)],
            Held.Select(one => one.Cells()),
            "No held order was seen in the period.");
    }

    private static async ValueTask<List<HeldNow>> HeldAsync(Store store, ReportRequest request, CancellationToken cancellationToken)
    {
        const int page = 1000;
        var held = new HeldOrderStore(store);
        var found = new List<HeldNow>();
        for (var after = 0L; found.Count < request.MaxRows;)
        {
            var rows = await held.ListAsync(after, page, null, includesDecided: true, cancellationToken);
            found.AddRange(rows.Where(one => one.FirstSeen < request.To && one.LastSeen >= request.From).Take(request.MaxRows - found.Count).Select(HeldNow.Of));
            if (rows.Count < page)
            {
                break;
            }

            after = rows[^1].Number;
        }

        return found;
    }
}
