using System.Globalization;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>How strongly devices must prove who they are, by model.</summary>
internal sealed record IdentitySection : ReportSection
{
    private const int MaxRows = 2000;

    /// <inheritdoc/>
    public override string Id => "identity";

    /// <inheritdoc/>
    public override string Title => "Strength of identity by model";

    /// <summary>Devices by model and least strength.</summary>
    public required IReadOnlyList<ModelStrength> Models { get; init; }

    /// <summary>Devices by status.</summary>
    public required IReadOnlyList<NamedCount> ByStatus { get; init; }

    /// <summary>Devices that share a user with others.</summary>
    public required long WithSharedUser { get; init; }

    /// <summary>Devices in the registry.</summary>
    public long Devices => ByStatus.Sum(one => one.Count);

    /// <summary>Reads the registry as it is now.</summary>
    public static async ValueTask<IdentitySection> ReadAsync(Store store, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            commands => commands.QueryAsync(
                "SELECT oui, product_class, required_strength, COUNT(*) FROM device GROUP BY oui, product_class, required_strength ORDER BY oui, product_class, required_strength LIMIT 10000",
                row => (Model: row.GetString(1).Length > 0 ? $"{row.GetString(0)}-{row.GetString(1)}" : row.GetString(0), Strength: (int)row.GetInt64(2), Count: row.GetInt64(3))),
            cancellationToken);
        var models = rows.GroupBy(row => row.Model, StringComparer.Ordinal)
            .Select(group => new ModelStrength(group.Key, [.. Enumerable.Range(0, StrengthName.All.Count).Select(i => group.Where(row => row.Strength == i).Sum(row => row.Count))]))
            .OrderByDescending(one => one.Counts.Sum())
            .ThenBy(one => one.Model, StringComparer.Ordinal)
            .Take(MaxRows);
        return new IdentitySection
        {
            Models = [.. models],
            ByStatus = await store.ReadAsync(
                commands => commands.QueryAsync("SELECT status, COUNT(*) FROM device GROUP BY status ORDER BY status", row => new NamedCount(row.GetString(0), row.GetInt64(1))), cancellationToken),
            WithSharedUser = Convert.ToInt64(
                await store.ReadAsync(commands => commands.ScalarAsync("SELECT COUNT(*) FROM device WHERE shared_user_id IS NOT NULL"), cancellationToken), CultureInfo.InvariantCulture),
        };
    }

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "From the registry as it was when the report was made. The strength is the least that a device must prove from now on: it never logs in below what it has proven before.");
        html.Element("p", $"{ReportText.Count(Devices, "device", "devices")}; {ReportText.Of(WithSharedUser)} of them share a user with others.");
        HtmlTable.Write(
            html,
            "Devices by model and least strength",
            [new("model", ColumnKind.Code), .. StrengthName.All.Select(one => new Column(one, ColumnKind.Number))],
            Models.Select(one => (IReadOnlyList<string>)[one.Model, .. one.Counts.Select(ReportText.Of)]),
            "The registry holds no device.");
        HtmlTable.Write(html, "Devices by status", [new("status"), new("devices", ColumnKind.Number)], ByStatus.Select(one => (IReadOnlyList<string>)[one.Name, ReportText.Of(one.Count)]), "The registry holds no device.");
    }
}

/// <summary>Devices of a model, by strength, the weakest first.</summary>
internal sealed record ModelStrength(string Model, IReadOnlyList<long> Counts);
