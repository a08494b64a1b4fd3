using System.Data.Common;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.Drifting;

/// <summary>Devices that differ from what they were ordered, for operators. Every member throws <see cref="RegistryUnavailableException"/> when the store cannot be asked.</summary>
/// <param name="store">The store.</param>
public sealed class DriftStore(Store store)
{
    private const string Columns =
        "SELECT id, oui, product_class, serial_number, name, drift, shown, mac, observed_shown, observed_mac, ordered_at, since, seen FROM expectation WHERE drift <> ''";

    /// <summary>A page of open drifts, the oldest row first.</summary>
    /// <param name="device">Only of this device; null for all.</param>
    /// <param name="after">Begins after this number.</param>
    /// <param name="limit">Drifts at most, 1–1,000.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public ValueTask<IReadOnlyList<OpenDrift>> ListAsync(DeviceId? device, long after, int limit, CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            $"{Columns} AND id > @after {(device is null ? "" : $"AND {TransferRows.OfDevice}")} ORDER BY id LIMIT @limit",
            Row,
            [.. device is null ? [] : TransferRows.Device(device), ("@after", after), ("@limit", (long)Math.Clamp(limit, 1, 1000))]),
        cancellationToken);

    /// <summary>How many are open, by kind.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            commands => commands.QueryAsync(
                "SELECT drift, COUNT(*) FROM expectation WHERE drift <> '' GROUP BY drift ORDER BY drift", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))),
            cancellationToken);
        return new Dictionary<string, long>(rows, StringComparer.Ordinal);
    }

    /// <summary>Accepts what the device reports: what was ordered is expected no more, until it is ordered again.</summary>
    /// <param name="device">The device.</param>
    /// <param name="name">One parameter or object; null for all that differ.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-done.</param>
    /// <returns>How many were accepted.</returns>
    public ValueTask<int> AcceptAsync(DeviceId device, string? name, CancellationToken cancellationToken) => store.WriteAsync(
        commands => commands.ExecuteAsync(
            $"DELETE FROM expectation WHERE {TransferRows.OfDevice} AND drift <> '' {(name is null ? "" : "AND name = @name")}",
            [.. TransferRows.Device(device), ("@name", name)]),
        cancellationToken);

    private static OpenDrift Row(DbDataReader row) => new(
        row.GetInt64(0),
        new DeviceId(row.GetString(1), row.GetString(2), row.GetString(3)),
        row.GetString(4),
        row.GetString(5),
        row.Text(6),
        row.GetString(7),
        row.Text(8),
        row.GetString(9),
        row.Time(10),
        row.Time(11),
        row.Time(12));
}
