using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Devices that report something else than they were ordered.</summary>
internal sealed record DriftSection : ReportSection
{
    private const int Page = 1000;

    /// <inheritdoc/>
    public override string Id => "drift";

    /// <inheritdoc/>
    public override string Title => "Order and effect";

    /// <summary>Drift records of the period, by kind; those that say that one is over count, too.</summary>
    public required IReadOnlyList<NamedCount> ByKind { get; init; }

    /// <summary>Drifts that are open now, by kind.</summary>
    public required IReadOnlyList<NamedCount> OpenByKind { get; init; }

    /// <summary>The first open ones.</summary>
    public required IReadOnlyList<DriftNow> Open { get; init; }

    /// <summary>Open ones in all.</summary>
    public long OpenCount => OpenByKind.Sum(one => one.Count);

    /// <summary>Reads them.</summary>
    public static async ValueTask<DriftSection> ReadAsync(Store store, TallyQueries tallies, ReportRequest request, CancellationToken cancellationToken)
    {
        var drifts = new DriftStore(store);
        var open = new List<DriftNow>();
        for (var after = 0L; open.Count < request.MaxRows;)
        {
            var page = await drifts.ListAsync(null, after, Math.Min(Page, request.MaxRows - open.Count), cancellationToken);
            open.AddRange(page.Select(DriftNow.Of));
            if (page.Count == 0)
            {
                break;
            }

            after = page[^1].Number;
        }

        return new DriftSection
        {
            ByKind = await tallies.ByAsync("reason", [AuditKind.Drift], cancellationToken),
            OpenByKind = [.. (await drifts.CountAsync(cancellationToken)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new NamedCount(one.Key, one.Value))],
            Open = open,
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "What was allowed and done, against what devices report later. A difference may be a customer's own change, a firmware that falls back, or somebody between gateway and device.");
        HtmlTable.Write(html, "Records of the period by kind", [new("kind", ColumnKind.Code), new("records", ColumnKind.Number)], ByKind.Select(Cells), "No device differed from its orders in the period.");
        HtmlTable.Write(html, "Open now, by kind", [new("kind", ColumnKind.Code), new("open", ColumnKind.Number)], OpenByKind.Select(Cells), "No difference is open.");
        if (ReportText.Bounded(OpenCount, Open.Count, "open differences", "All of them: cwmpshield device drift --json") is { } bounded)
        {
            html.Element("p", bounded, ("class", "note"));
        }

        HtmlTable.Write(
            html,
            "Open differences",
            [new("since (UTC)", ColumnKind.Time), new("device", ColumnKind.Code), new("kind", ColumnKind.Code), new("name", ColumnKind.Code), new("ordered", ColumnKind.Code), new("reported", ColumnKind.Code)],
            Open.Select(one => one.Cells()),
            "No difference is open.");
    }

    private static IReadOnlyList<string> Cells(NamedCount one) => [one.Name, ReportText.Of(one.Count)];
}

/// <summary>A drift that is open.</summary>
internal sealed record DriftNow(DateTimeOffset Since, string Device, string Kind, string Name, string? Ordered, string OrderedMac, string? Reported, string ReportedMac)
{
    /// <summary>The drift as it stands.</summary>
    public static DriftNow Of(OpenDrift drift) =>
        new(drift.Since, drift.Device.ToString(), drift.Kind, drift.Name, drift.Expected, drift.ExpectedMac, drift.Observed, drift.ObservedMac);

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() => [ReportText.Of(Since), Device, Kind, Name, Value(Ordered, OrderedMac), Value(Reported, ReportedMac)];

    private static string Value(string? value, string mac) => value ?? (mac.Length >= 8 ? $"#{mac[..8]}" : "");
}
