using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>
/// Writes rows of an import in one transaction. New devices, which are most, go in by bulk; one that is there already is compared with its
/// line. A row that cannot be written is left out and told.
/// </summary>
/// <param name="seal">Secrets of the store.</param>
/// <param name="update">Whether a device that differs is changed.</param>
/// <param name="now">When the import began.</param>
internal sealed class DeviceBatch(SecretSeal seal, bool update, DateTimeOffset now)
{
    private const long NoEnd = 253_402_300_799_000;
    private readonly ExistingDevice existing = new(seal, update, now);
    private bool? anyUserRotates;

    /// <summary>Writes <paramref name="rows"/>.</summary>
    public async ValueTask<BatchOutcome> WriteAsync(StoreCommands commands, IReadOnlyList<ImportRow> rows)
    {
        var outcome = new BatchOutcome();
        await seal.FollowAsync(commands);
        var shared = new SharedUsers(seal);
        await shared.ReadAsync(commands);
        var good = new List<ImportRow>();
        var keys = new Dictionary<string, DeviceId>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if ((await shared.JoinAsync(commands, row) ?? await UserProblemAsync(commands, row) ?? await KeyProblemAsync(commands, row, keys)) is { } problem)
            {
                outcome.Problems.Add(problem);
            }
            else
            {
                good.Add(row);
            }
        }

        var added = await InsertAsync(commands, good, shared);
        await InsertPartsAsync(commands, good, added);
        foreach (var row in good)
        {
            if (added.TryGetValue(row.Device, out var place) && ReferenceEquals(place.Row, row))
            {
                outcome.Added++;
                outcome.Weak += row.Weakness is null && row.RequestWeakness is null ? 0 : 1;
            }
            else
            {
                await existing.CompareAsync(commands, row, shared.IdOf(row), outcome);
            }
        }

        return outcome;
    }

    /// <summary>A bound key as a row of the table: a renewal is a certificate that begins after the binding.</summary>
    internal static object?[] Key(string spki, long device, DateTimeOffset now) => [spki, device, now.ToUnixTimeMilliseconds(), NoEnd];

    /// <summary>The secrets that a row brings.</summary>
    internal static IEnumerable<DeviceSecret> Secrets(ImportRow row, DateTimeOffset now)
    {
        if (row.Secret is not null)
        {
            yield return new DeviceSecret(SecretPurpose.Login, row.Secret) { BasicOnly = row.BasicOnly, Weakness = row.Weakness, CreatedAt = now };
        }

        if (row.RequestSecret is not null)
        {
            yield return new DeviceSecret(SecretPurpose.ConnectionRequest, row.RequestSecret) { User = row.RequestUser, Weakness = row.RequestWeakness, CreatedAt = now };
        }
    }

    /// <summary>A user that is on its way to another device is nobody else's. Where none is, which is so in most imports, nobody asks for each.</summary>
    private async ValueTask<LineProblem?> UserProblemAsync(StoreCommands commands, ImportRow row)
    {
        if (row.HttpUser is not { } user)
        {
            return null;
        }

        const string rotating = "SELECT d.oui FROM device_secret s JOIN device d ON d.id = s.device_id WHERE s.user_name IS NOT NULL AND s.purpose LIKE 'login-%'";
        anyUserRotates ??= await commands.ScalarAsync(rotating + " LIMIT 1") is not null;
        var isTaken = anyUserRotates.Value && await commands.ScalarAsync(
            rotating + " AND s.user_name = @user AND NOT (d.oui = @oui AND d.product_class = @class AND d.serial_number = @serial) LIMIT 1",
            ("@user", user),
            ("@oui", row.Device.Oui),
            ("@class", row.Device.ProductClass),
            ("@serial", row.Device.SerialNumber)) is not null;
        return isTaken ? new LineProblem(row.Line, "user", "a user that no other device has") : null;
    }

    private static async ValueTask<LineProblem?> KeyProblemAsync(StoreCommands commands, ImportRow row, Dictionary<string, DeviceId> inBatch)
    {
        foreach (var key in row.BoundKeys ?? [])
        {
            var taken = await commands.ScalarAsync(
                """
                SELECT count(*) FROM device_key k JOIN device d ON d.id = k.device_id
                 WHERE k.spki_sha256 = @key AND NOT (d.oui = @oui AND d.product_class = @class AND d.serial_number = @serial)
                """,
                ("@key", key),
                ("@oui", row.Device.Oui),
                ("@class", row.Device.ProductClass),
                ("@serial", row.Device.SerialNumber));
            if (taken is not 0L || (!inBatch.TryAdd(key, row.Device) && inBatch[key] != row.Device))
            {
                return new LineProblem(row.Line, "boundKeys", "a key that is bound to no other device");
            }
        }

        return null;
    }

    private static async ValueTask<Dictionary<DeviceId, (long Key, ImportRow Row)>> InsertAsync(StoreCommands commands, List<ImportRow> rows, SharedUsers shared)
    {
        var values = rows.ConvertAll(row => new object?[]
        {
            row.Device.Oui,
            row.Device.ProductClass,
            row.Device.SerialNumber,
            row.HttpUser,
            shared.IdOf(row),
            row.MigrationUntil?.ToUnixTimeMilliseconds(),
            StatusName.Of(row.Status ?? DeviceStatus.Active),
            (long)(row.RequiredStrength ?? IdentityStrength.None),
            row.Model ?? "",
            row.SoftwareVersion ?? "",
        });
        var back = await BulkInsert.RunAsync(
            commands,
            "device (oui, product_class, serial_number, http_user, shared_user_id, migration_until, status, required_strength, model, software_version)",
            "ON CONFLICT DO NOTHING RETURNING id, oui, product_class, serial_number",
            values,
            reader => (Key: reader.GetInt64(0), Device: new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3))));

        // Of two lines for one device the first is in; the other one finds it there.
        var first = new Dictionary<DeviceId, ImportRow>();
        rows.ForEach(row => first.TryAdd(row.Device, row));
        return back.ToDictionary(one => one.Device, one => (one.Key, first[one.Device]));
    }

    private async ValueTask InsertPartsAsync(StoreCommands commands, List<ImportRow> rows, Dictionary<DeviceId, (long Key, ImportRow Row)> added)
    {
        List<object?[]> secrets = [], groups = [], keys = [];
        foreach (var (key, row) in rows.Where(row => added.ContainsKey(row.Device)).Select(row => added[row.Device]).DistinctBy(place => place.Key))
        {
            secrets.AddRange(Secrets(row, now).Select(secret => DeviceSecretRows.Values(seal, key, secret)));
            groups.AddRange((row.Groups ?? []).Select(group => new object?[] { key, group }));
            keys.AddRange((row.BoundKeys ?? []).Select(spki => Key(spki, key, now)));
        }

        await BulkInsert.RunAsync(
            commands, "device_secret (device_id, purpose, sealed, user_name, created_at, expires_at, fingerprint, weakness)", "", secrets);
        await BulkInsert.RunAsync(commands, "device_group (device_id, name)", "", groups);
        await BulkInsert.RunAsync(commands, "device_key (spki_sha256, device_id, not_before, not_after)", "", keys);
    }
}
