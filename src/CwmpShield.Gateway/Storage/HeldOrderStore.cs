using System.Globalization;
using CwmpShield.Core.Cwmp;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The held orders of the embedded store. Bounded: the oldest that is not released makes room, first of its own device. Every
/// member throws <see cref="RegistryUnavailableException"/> when the store cannot be asked or written; then nothing was written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="maxPerDevice">Rows of one device.</param>
/// <param name="max">Rows in all.</param>
public sealed class HeldOrderStore(SqliteStore store, int maxPerDevice = 32, int max = 10_000)
{
    private const string SameDevice = "oui = $oui AND product_class = $class AND serial_number = $serial";
    private const string SameOrder = SameDevice + " AND digest = $digest";
    private const string IsReleased = "(status = 'released' AND release_until > $now)";

    /// <summary>Spends the release of this order for this device, in one step; without one it is written down as held.</summary>
    /// <returns>Whether it may pass this once.</returns>
    public ValueTask<bool> PassOrRecordAsync(HeldSighting sighting, CancellationToken cancellationToken) => store.WriteAsync(
        transaction =>
        {
            if (sighting.MayPass
                && transaction.Execute($"UPDATE held_order SET status = 'passed', last_seen = $now WHERE {SameOrder} AND {IsReleased}", Values(sighting)) == 1)
            {
                return true;
            }

            Record(transaction, sighting);
            return false;
        },
        cancellationToken);

    /// <summary>A page of held orders in the order of their numbers.</summary>
    /// <param name="after">Number of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="device">Only of this device; null for all.</param>
    /// <param name="includesDecided">Whether passed and rejected ones are wanted, too.</param>
    public IReadOnlyList<HeldOrder> List(long after, int limit, DeviceId? device, bool includesDecided)
    {
        var condition = "id > $after"
            + (device is null ? "" : $" AND {SameDevice}")
            + (includesDecided ? "" : " AND status IN ('held', 'released')")
            + " ORDER BY id LIMIT " + Math.Clamp(limit, 1, 1000).ToString(CultureInfo.InvariantCulture);
        return store.Read(connection => HeldOrderRows.Read(
            connection,
            condition,
            [("$after", after), ("$oui", device?.Oui.ToUpperInvariant()), ("$class", device?.ProductClass), ("$serial", device?.SerialNumber)]));
    }

    /// <summary>One held order, null when there is none of this number.</summary>
    public HeldOrder? Find(long number) => store.Read(connection => HeldOrderRows.Read(connection, "id = $id", [("$id", number)]).SingleOrDefault());

    /// <summary>Lets the order pass once until <paramref name="until"/>; false when there is none of this number, or it has passed.</summary>
    public ValueTask<bool> ReleaseAsync(long number, DateTimeOffset until, string ticket, CancellationToken cancellationToken) =>
        DecideAsync("status = 'released', release_until = $until", number, until, ticket, cancellationToken);

    /// <summary>Keeps the order refused, a release of it included; false when there is none of this number, or it has passed.</summary>
    public ValueTask<bool> RejectAsync(long number, string ticket, CancellationToken cancellationToken) =>
        DecideAsync("status = 'rejected', release_until = NULL", number, null, ticket, cancellationToken);

    private ValueTask<bool> DecideAsync(string change, long number, DateTimeOffset? until, string ticket, CancellationToken cancellationToken) => store.WriteAsync(
        transaction => transaction.Execute(
            $"UPDATE held_order SET {change}, ticket = $ticket WHERE id = $id AND status <> 'passed'",
            ("$until", until?.ToUnixTimeMilliseconds()),
            ("$ticket", ticket),
            ("$id", number)) == 1,
        cancellationToken);

    private void Record(SqliteTransaction transaction, HeldSighting sighting)
    {
        const string again = $"""
            UPDATE held_order
               SET times = times + 1, last_seen = $now, rules = $rules,
                   status = CASE WHEN status = 'rejected' OR {IsReleased} THEN status ELSE 'held' END
             WHERE {SameOrder}
            """;
        var values = Values(sighting);
        if (transaction.Execute(again, values) == 1 || !MakeRoom(transaction, values))
        {
            return;
        }

        const string insert = """
            INSERT INTO held_order (oui, product_class, serial_number, digest, rpc, rules, subjects, status, first_seen, last_seen, times)
            VALUES ($oui, $class, $serial, $digest, $rpc, $rules, $subjects, 'held', $now, $now, 1)
            """;
        transaction.Execute(insert, values);
    }

    /// <summary>False where all rows in the way are released ones.</summary>
    private bool MakeRoom(SqliteTransaction transaction, (string Name, object? Value)[] values) =>
        HasRoom(transaction, SameDevice, maxPerDevice, values) && HasRoom(transaction, "TRUE", max, values);

    private static bool HasRoom(SqliteTransaction transaction, string among, int most, (string Name, object? Value)[] values) =>
        transaction.Scalar($"SELECT count(*) FROM held_order WHERE {among}", values) is long count && count < most
        || transaction.Execute(
            $"DELETE FROM held_order WHERE id = (SELECT id FROM held_order WHERE {among} AND NOT {IsReleased} ORDER BY status <> 'passed', last_seen LIMIT 1)",
            values) == 1;

    private static (string Name, object? Value)[] Values(HeldSighting sighting) =>
    [
        ("$oui", sighting.Device.Oui.ToUpperInvariant()),
        ("$class", sighting.Device.ProductClass),
        ("$serial", sighting.Device.SerialNumber),
        ("$digest", sighting.Digest),
        ("$rpc", sighting.Rpc),
        ("$rules", HeldOrderRows.Lines(sighting.Rules)),
        ("$subjects", HeldOrderRows.Lines(sighting.Subjects)),
        ("$now", sighting.At.ToUnixTimeMilliseconds()),
    ];
}
