using System.Globalization;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The held orders of the store. Bounded: the oldest that is not released makes room, first of its own device. Every
/// member throws <see cref="RegistryUnavailableException"/> when the store cannot be asked or written; then nothing was written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="maxPerDevice">Rows of one device.</param>
/// <param name="max">Rows in all.</param>
public sealed class HeldOrderStore(Store store, int maxPerDevice = 32, int max = 10_000)
{
    private const string SameDevice = "oui = @oui AND product_class = @class AND serial_number = @serial";
    private const string SameOrder = SameDevice + " AND digest = @digest";
    private const string IsReleased = "(status = 'released' AND release_until > @now)";

    /// <summary>Spends the release of this order for this device, in one step; without one it is written down as held.</summary>
    /// <returns>Whether it may pass this once.</returns>
    public ValueTask<bool> PassOrRecordAsync(HeldSighting sighting, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            if (sighting.MayPass
                && await commands.ExecuteAsync($"UPDATE held_order SET status = 'passed', last_seen = @now WHERE {SameOrder} AND {IsReleased}", Values(sighting)) == 1)
            {
                return true;
            }

            await RecordAsync(commands, sighting);
            return false;
        },
        cancellationToken);

    /// <summary>A page of held orders in the order of their numbers.</summary>
    /// <param name="after">Number of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="device">Only of this device; null for all.</param>
    /// <param name="includesDecided">Whether passed and rejected ones are wanted, too.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<IReadOnlyList<HeldOrder>> ListAsync(
        long after, int limit, DeviceId? device, bool includesDecided, CancellationToken cancellationToken)
    {
        var condition = "id > @after"
            + (device is null ? "" : $" AND {SameDevice}")
            + (includesDecided ? "" : " AND status IN ('held', 'released')")
            + " ORDER BY id LIMIT " + Math.Clamp(limit, 1, 1000).ToString(CultureInfo.InvariantCulture);
        return await store.ReadAsync(
            commands => HeldOrderRows.ReadAsync(
                commands,
                condition,
                ("@after", after),
                ("@oui", device?.Oui.ToUpperInvariant()),
                ("@class", device?.ProductClass),
                ("@serial", device?.SerialNumber)),
            cancellationToken);
    }

    /// <summary>One held order, null when there is none of this number.</summary>
    public async ValueTask<HeldOrder?> FindAsync(long number, CancellationToken cancellationToken) =>
        (await store.ReadAsync(commands => HeldOrderRows.ReadAsync(commands, "id = @id", ("@id", number)), cancellationToken)).SingleOrDefault();

    /// <summary>Lets the order pass once until <paramref name="until"/>; false when there is none of this number, or it has passed.</summary>
    public ValueTask<bool> ReleaseAsync(long number, DateTimeOffset until, string ticket, CancellationToken cancellationToken) =>
        DecideAsync("status = 'released', release_until = @until", number, until, ticket, cancellationToken);

    /// <summary>Keeps the order refused, a release of it included; false when there is none of this number, or it has passed.</summary>
    public ValueTask<bool> RejectAsync(long number, string ticket, CancellationToken cancellationToken) =>
        DecideAsync("status = 'rejected', release_until = NULL", number, null, ticket, cancellationToken);

    private ValueTask<bool> DecideAsync(string change, long number, DateTimeOffset? until, string ticket, CancellationToken cancellationToken) => store.WriteAsync(
        async commands => await commands.ExecuteAsync(
            $"UPDATE held_order SET {change}, ticket = @ticket WHERE id = @id AND status <> 'passed'",
            ("@until", until?.ToUnixTimeMilliseconds()),
            ("@ticket", ticket),
            ("@id", number)) == 1,
        cancellationToken);

    private async ValueTask RecordAsync(StoreCommands commands, HeldSighting sighting)
    {
        const string again = $"""
            UPDATE held_order
               SET times = times + 1, last_seen = @now, rules = @rules,
                   status = CASE WHEN status = 'rejected' OR {IsReleased} THEN status ELSE 'held' END
             WHERE {SameOrder}
            """;
        var values = Values(sighting);
        if (await commands.ExecuteAsync(again, values) == 1 || !await MakeRoomAsync(commands, values))
        {
            return;
        }

        const string insert = """
            INSERT INTO held_order (oui, product_class, serial_number, digest, rpc, rules, subjects, status, first_seen, last_seen, times)
            VALUES (@oui, @class, @serial, @digest, @rpc, @rules, @subjects, 'held', @now, @now, 1)
            """;
        await commands.ExecuteAsync(insert, values);
    }

    /// <summary>False where all rows in the way are released ones.</summary>
    private async ValueTask<bool> MakeRoomAsync(StoreCommands commands, (string Name, object? Value)[] values) =>
        await HasRoomAsync(commands, SameDevice, maxPerDevice, values) && await HasRoomAsync(commands, "TRUE", max, values);

    private static async ValueTask<bool> HasRoomAsync(StoreCommands commands, string among, int most, (string Name, object? Value)[] values) =>
        (await commands.ScalarAsync($"SELECT count(*) FROM held_order WHERE {among}", values) is long count && count < most)
        || await commands.ExecuteAsync(
            $"DELETE FROM held_order WHERE id = (SELECT id FROM held_order WHERE {among} AND NOT {IsReleased} ORDER BY status <> 'passed', last_seen LIMIT 1)",
            values) == 1;

    private static (string Name, object? Value)[] Values(HeldSighting sighting) =>
    [
        ("@oui", sighting.Device.Oui.ToUpperInvariant()),
        ("@class", sighting.Device.ProductClass),
        ("@serial", sighting.Device.SerialNumber),
        ("@digest", sighting.Digest),
        ("@rpc", sighting.Rpc),
        ("@rules", HeldOrderRows.Lines(sighting.Rules)),
        ("@subjects", HeldOrderRows.Lines(sighting.Subjects)),
        ("@now", sighting.At.ToUnixTimeMilliseconds()),
    ];
}
