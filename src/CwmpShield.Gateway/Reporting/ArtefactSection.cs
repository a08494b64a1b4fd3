using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Which file each device was told to fetch, what vouched for it, and what came of it.</summary>
internal sealed record ArtefactSection : ReportSection
{
    private const string InPeriod = "FROM transfer WHERE ordered_at >= @from AND ordered_at < @to";

    /// <inheritdoc/>
    public override string Id => "artefacts";

    /// <inheritdoc/>
    public override string Title => "Provenance of files";

    /// <summary>Transfers ordered in the period.</summary>
    public required long Total { get; init; }

    /// <summary>By artefact, whether its bytes were verified, and outcome.</summary>
    public required IReadOnlyList<ArtefactOutcome> Artefacts { get; init; }

    /// <summary>The first transfers, the oldest first.</summary>
    public required IReadOnlyList<DeviceTransfer> Transfers { get; init; }

    /// <summary>Manifests that came into force in the period, and who signed them.</summary>
    public required IReadOnlyList<ManifestChange> Manifests { get; init; }

    /// <summary>Reads them.</summary>
    public static async ValueTask<ArtefactSection> ReadAsync(Store store, ReportEvents events, ReportRequest request, CancellationToken cancellationToken)
    {
        (string Name, object? Value)[] period = [("@from", request.From.ToUnixTimeMilliseconds()), ("@to", request.To.ToUnixTimeMilliseconds())];
        return new ArtefactSection
        {
            Total = (long)(await store.ReadAsync(commands => commands.ScalarAsync($"SELECT COUNT(*) {InPeriod}", period), cancellationToken))!,
            Artefacts = await store.ReadAsync(
                commands => commands.QueryAsync(
                    $"SELECT artefact, sha256, version, verified, status, COUNT(*) {InPeriod} GROUP BY artefact, sha256, version, verified, status ORDER BY artefact, sha256, status LIMIT 2000",
                    row => new ArtefactOutcome(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3) != 0, row.GetString(4), row.GetInt64(5)),
                    period),
                cancellationToken),
            Transfers = await store.ReadAsync(
                commands => commands.QueryAsync(
                    $"SELECT ordered_at, oui, product_class, serial_number, rpc, artefact, version, sha256, verified, status, fault {InPeriod} ORDER BY id LIMIT @most",
                    DeviceTransfer.Read,
                    [.. period, ("@most", (object?)(long)request.MaxRows)]),
                cancellationToken),
            Manifests = [.. events.Of(AuditKind.ManifestChanged).Select(one => new ManifestChange(one.At, one.Node, one.Action.Length == 0, one.Subject, one.Detail))],
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "A file without a name is one that no signed manifest lists. “Verified” means that the device was given the mirror's URL: the gateway fetched the file itself, held it against the signed hash, and served those bytes. Otherwise the device fetched it from elsewhere and the gateway has not seen the bytes.");
        IReadOnlyList<Column> columns =
            [new("artefact", ColumnKind.Code), new("version"), new("SHA-256", ColumnKind.Code), new("bytes"), new("outcome"), new("transfers", ColumnKind.Number)];
        HtmlTable.Write(html, "Artefacts and outcomes", columns, Artefacts.Select(one => one.Cells()), "No transfer was ordered in the period.");
        HtmlTable.Write(
            html,
            "Manifests",
            [new("time (UTC)", ColumnKind.Time), new("node", ColumnKind.Time), new("in force"), new("SHA-256", ColumnKind.Code), new("version and signers")],
            Manifests.Select(one => (IReadOnlyList<string>)[ReportText.Of(one.At), one.Node, one.InForce ? "yes" : "no, the last good one stayed", one.Sha256, one.Detail]),
            "No manifest came into force in the period.");
        if (ReportText.Bounded(Total, Transfers.Count, "transfers", "The outcomes above count all of them.") is { } bounded)
        {
            html.Element("p", bounded, ("class", "note"));
        }

        HtmlTable.Write(
            html,
            "Transfers by device",
            [new("ordered (UTC)", ColumnKind.Time), new("device", ColumnKind.Code), new("order"), new("artefact", ColumnKind.Code), new("version"), new("SHA-256", ColumnKind.Code), new("bytes"), new("outcome")],
            Transfers.Select(one => one.Cells()),
            "No transfer was ordered in the period.");
    }
}

/// <summary>Transfers of one artefact with one outcome.</summary>
internal sealed record ArtefactOutcome(string Artefact, string Sha256, string Version, bool IsVerified, string Outcome, long Transfers)
{
    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() => [Artefact.Length > 0 ? Artefact : "(not in a manifest)", Version, Sha256, DeviceTransfer.Bytes(IsVerified), Outcome, ReportText.Of(Transfers)];
}

/// <summary>A manifest that came into force, or did not.</summary>
internal sealed record ManifestChange(DateTimeOffset At, string Node, bool InForce, string Sha256, string Detail);
