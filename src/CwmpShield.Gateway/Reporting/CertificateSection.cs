using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Certificates that devices presented, what expires, and what was refused.</summary>
internal sealed record CertificateSection : ReportSection
{
    private const int MaxExpiring = 500;

    /// <inheritdoc/>
    public override string Id => "certificates";

    /// <inheritdoc/>
    public override string Title => "Certificates and revocation";

    /// <summary>Certificates in the inventory, by when they expire.</summary>
    public required IReadOnlyList<NamedCount> ByExpiry { get; init; }

    /// <summary>Certificates by kind of key.</summary>
    public required IReadOnlyList<NamedCount> ByKey { get; init; }

    /// <summary>Certificates that have expired or do so within 90 days, the first to expire first.</summary>
    public required IReadOnlyList<ExpiringCertificate> Expiring { get; init; }

    /// <summary>Refusals in the period whose first reason is about a certificate or its revocation.</summary>
    public required IReadOnlyList<NamedCount> Refused { get; init; }

    /// <summary>Reads them.</summary>
    public static async ValueTask<CertificateSection> ReadAsync(Store store, TallyQueries tallies, ReportRequest request, CancellationToken cancellationToken)
    {
        var expiring = await new CertificateInventory(store).ListAsync(request.At.AddDays(90), "", MaxExpiring, cancellationToken);
        var reasons = await tallies.ByAsync("reason", [AuditKind.AuthenticationFailed, AuditKind.Summarised, AuditKind.MessageRefused], cancellationToken);
        return new CertificateSection
        {
            ByExpiry = await ByExpiryAsync(store, request.At, cancellationToken),
            ByKey = await store.ReadAsync(
                commands => commands.QueryAsync("SELECT key_kind, COUNT(*) FROM certificate_seen GROUP BY key_kind ORDER BY key_kind", row => new NamedCount(row.GetString(0), row.GetInt64(1))), cancellationToken),
            Expiring = [.. expiring.Select(one => new ExpiringCertificate(one.NotAfter, one.Subject, one.Serial, one.Key, one.Device?.ToString() ?? "", one.LastSeen))],
            Refused = [.. reasons.Where(one => one.Name.StartsWith("certificate-", StringComparison.Ordinal) || one.Name.StartsWith("revocation-", StringComparison.Ordinal) || one.Name.StartsWith("ocsp-", StringComparison.Ordinal))],
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "The inventory as it was when the report was made: certificates that devices have presented and that were good then. Refusals are of the period.");
        HtmlTable.Write(html, "Certificates by expiry", [new("expires"), new("certificates", ColumnKind.Number)], ByExpiry.Select(Cells), "No device has presented a certificate.");
        HtmlTable.Write(html, "Certificates by key", [new("key"), new("certificates", ColumnKind.Number)], ByKey.Select(Cells), "No device has presented a certificate.");
        HtmlTable.Write(html, "Refused for their certificate, by reason", [new("reason", ColumnKind.Code), new("refusals", ColumnKind.Number)], Refused.Select(Cells), "Nobody was refused for a certificate in the period, revoked ones included.");
        HtmlTable.Write(
            html,
            "Expired, or expiring within 90 days",
            [new("expires", ColumnKind.Time), new("subject", ColumnKind.Code), new("serial", ColumnKind.Code), new("key"), new("device", ColumnKind.Code), new("last seen", ColumnKind.Time)],
            Expiring.Select(one => (IReadOnlyList<string>)[ReportText.Day(one.NotAfter), one.Subject, one.Serial, one.Key, one.Device, ReportText.Day(one.LastSeen)]),
            "No certificate expires within 90 days.");
        if (Expiring.Count == MaxExpiring)
        {
            html.Element("p", $"The table ends after {MaxExpiring} certificates. All of them: cwmpshield cert inventory --expires-within 90", ("class", "note"));
        }
    }

    private static IReadOnlyList<string> Cells(NamedCount one) => [one.Name, ReportText.Of(one.Count)];

    private static async ValueTask<IReadOnlyList<NamedCount>> ByExpiryAsync(Store store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (string Name, DateTimeOffset Until)[] spans =
            [("expired", now), ("within 30 days", now.AddDays(30)), ("within 90 days", now.AddDays(90)), ("within a year", now.AddDays(365)), ("later", DateTimeOffset.MaxValue)];
        var counts = new List<NamedCount>();
        var from = long.MinValue;
        foreach (var (name, until) in spans)
        {
            var end = until.ToUnixTimeMilliseconds();
            var count = await store.ReadAsync(
                commands => commands.ScalarAsync("SELECT COUNT(*) FROM certificate_seen WHERE not_after > @from AND not_after <= @until", ("@from", from), ("@until", end)), cancellationToken);
            counts.Add(new NamedCount(name, (long)count!));
            from = end;
        }

        return counts;
    }
}

/// <summary>A certificate that needs another soon.</summary>
internal sealed record ExpiringCertificate(DateTimeOffset NotAfter, string Subject, string Serial, string Key, string Device, DateTimeOffset LastSeen);
