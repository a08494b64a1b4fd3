using System.Data.Common;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.Drifting;

/// <summary>The table of expectations, within a transaction of the caller's.</summary>
internal static class ExpectationRows
{
    private const string Columns = "name, form, same, mac, shown, pending, ordered_at, drift, observed_mac, observed_shown, since, seen";

    /// <summary>Everything that is expected of a device.</summary>
    public static ValueTask<IReadOnlyList<Expectation>> OfDeviceAsync(StoreCommands commands, DeviceId device) => commands.QueryAsync(
        $"SELECT {Columns} FROM expectation WHERE {TransferRows.OfDevice} ORDER BY ordered_at, id", Row, TransferRows.Device(device));

    /// <summary>Writes what is expected from now on, in place of what was; of a name that comes again, the last counts.</summary>
    public static ValueTask PutAsync(StoreCommands commands, DeviceId device, IReadOnlyList<Expectation> expected)
    {
        // One statement of the network's engine may not touch a row twice.
        var last = new Dictionary<string, Expectation>(expected.Count, StringComparer.Ordinal);
        foreach (var one in expected)
        {
            last[one.Name] = one;
        }

        return BulkInsert.RunAsync(
            commands,
            $"expectation (oui, product_class, serial_number, {Columns})",
            """
            ON CONFLICT (serial_number, product_class, oui, name) DO UPDATE SET
                form = excluded.form, same = excluded.same, mac = excluded.mac, shown = excluded.shown, pending = excluded.pending, ordered_at = excluded.ordered_at,
                drift = excluded.drift, observed_mac = excluded.observed_mac, observed_shown = excluded.observed_shown, since = excluded.since, seen = excluded.seen
            """,
            [.. last.Values.Select(one => Values(device, one))]);
    }

    /// <summary>Writes how the device differs, or that it fits; nothing where something else has been ordered meanwhile.</summary>
    public static async ValueTask ObserveAsync(StoreCommands commands, DeviceId device, Expectation expected) => await commands.ExecuteAsync(
        $"""
        UPDATE expectation SET drift = @drift, observed_mac = @observed, observed_shown = @observed_shown, since = @since, seen = @seen, pending = ''
         WHERE {TransferRows.OfDevice} AND name = @name AND ordered_at = @ordered
        """,
        [.. TransferRows.Device(device), ("@name", expected.Name), ("@ordered", expected.OrderedAt.ToUnixTimeMilliseconds()), .. Observed(expected)]);

    /// <summary>Expects it no more.</summary>
    public static async ValueTask ForgetAsync(StoreCommands commands, DeviceId device, string name) => await commands.ExecuteAsync(
        $"DELETE FROM expectation WHERE {TransferRows.OfDevice} AND name = @name", [.. TransferRows.Device(device), ("@name", name)]);

    /// <summary>Expects nothing of a device any more.</summary>
    public static async ValueTask ForgetAsync(StoreCommands commands, DeviceId device) =>
        await commands.ExecuteAsync($"DELETE FROM expectation WHERE {TransferRows.OfDevice}", TransferRows.Device(device));

    /// <summary>In the order of device and <see cref="Columns"/>.</summary>
    private static object?[] Values(DeviceId device, Expectation one) =>
    [
        .. TransferRows.Device(device).Select(value => value.Value),
        one.Name, one.Form, one.Same, one.Mac, one.Shown, one.Pending, one.OrderedAt.ToUnixTimeMilliseconds(),
        .. Observed(one).Select(value => value.Value),
    ];

    private static (string Name, object? Value)[] Observed(Expectation expected) =>
    [
        ("@drift", expected.Drift),
        ("@observed", expected.ObservedMac),
        ("@observed_shown", expected.ObservedShown),
        ("@since", expected.Since?.ToUnixTimeMilliseconds()),
        ("@seen", expected.Seen?.ToUnixTimeMilliseconds()),
    ];

    private static Expectation Row(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        Form = row.GetString(1),
        Same = row.GetString(2),
        Mac = row.GetString(3),
        Shown = row.Text(4),
        Pending = row.GetString(5),
        OrderedAt = row.Time(6),
        Drift = row.GetString(7),
        ObservedMac = row.GetString(8),
        ObservedShown = row.Text(9),
        Since = row.TimeOrNull(10),
        Seen = row.TimeOrNull(11),
    };
}
