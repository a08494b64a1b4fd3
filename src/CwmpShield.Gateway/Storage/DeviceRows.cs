using System.Data.Common;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads and writes rows of the device table and of the tables that hang on it.</summary>
internal static class DeviceRows
{
    private const string LoginPurpose = SecretPurpose.Login;
    private const string IsDevice = "d.oui = @oui AND d.product_class = @class AND d.serial_number = @serial";

    private const string Columns = """
        SELECT d.id, d.oui, d.product_class, d.serial_number, d.http_user, u.name, d.migration_until, d.status, d.required_strength,
               d.model, d.software_version, d.first_seen, d.last_seen,
               (SELECT string_agg(g.name, ',' ORDER BY g.name) FROM device_group g WHERE g.device_id = d.id),
               (SELECT string_agg(k.spki_sha256, ',' ORDER BY k.not_before) FROM device_key k WHERE k.device_id = d.id),
               (SELECT max(k.not_before) FROM device_key k WHERE k.device_id = d.id),
               s.sealed, d.status_reason, d.status_since, d.factory_reset_at,
               (SELECT count(*) FROM device_secret o WHERE o.device_id = d.id AND o.purpose LIKE 'login-%'),
               d.last_source, d.highest_software_version
          FROM device d
          LEFT JOIN shared_user u ON u.id = d.shared_user_id
          LEFT JOIN device_secret s ON s.device_id = d.id AND s.purpose = 'login'
         WHERE 
        """;

    /// <summary>The rows that fit <paramref name="condition"/>; without a seal their secrets stay closed.</summary>
    public static ValueTask<IReadOnlyList<DeviceRecord>> ReadAsync(
        StoreCommands commands,
        SecretSeal? seal,
        string condition,
        params ReadOnlySpan<(string Name, object? Value)> values) => RotatingAsync(commands, seal, commands.QueryAsync(
            Columns + condition,
            reader =>
            {
                var secret = seal is null || reader.IsDBNull(16)
                    ? null
                    : seal.Open(reader.GetFieldValue<byte[]>(16), reader.GetInt64(0), LoginPurpose);
                return (new DeviceRecord(Row(reader), secret), reader.GetInt64(20) > 0);
            },
            values));

    /// <summary>Adds the other states of their login secrets to those few devices that have some.</summary>
    private static async ValueTask<IReadOnlyList<DeviceRecord>> RotatingAsync(
        StoreCommands commands, SecretSeal? seal, ValueTask<IReadOnlyList<(DeviceRecord Record, bool IsRotating)>> found)
    {
        var records = new List<DeviceRecord>();
        foreach (var (record, isRotating) in await found)
        {
            records.Add(isRotating && seal is not null
                ? record with { Login = await CredentialRows.ReadAsync(commands, seal, record.Device.Key, CredentialPurpose.Login) }
                : record);
        }

        return records;
    }

    public static async ValueTask<DeviceRecord?> FindAsync(StoreCommands commands, SecretSeal? seal, DeviceId device) =>
        (await ReadAsync(commands, seal, IsDevice, Values(device))).SingleOrDefault();

    /// <summary>The rows that fit a name, two at most.</summary>
    public static ValueTask<IReadOnlyList<DeviceRecord>> FindAsync(StoreCommands commands, SecretSeal seal, DeviceName name)
    {
        var condition = "d.serial_number = @serial"
            + (name.Oui is null ? "" : " AND d.oui = @oui")
            + (name.ProductClass is null ? "" : " AND d.product_class = @class")
            + " ORDER BY d.id LIMIT 2";
        return ReadAsync(
            commands, seal, condition, ("@serial", name.SerialNumber), ("@oui", name.Oui?.ToUpperInvariant()), ("@class", name.ProductClass));
    }

    /// <summary>Why <paramref name="draft"/> cannot be added, or <see cref="AddStatus.Added"/> when nothing stands against it.</summary>
    public static async ValueTask<AddStatus> ConflictAsync(StoreCommands commands, DeviceDraft draft)
    {
        if (await FindAsync(commands, seal: null, draft.Device) is not null)
        {
            return AddStatus.DeviceExists;
        }

        const string userTaken = """
            SELECT (SELECT count(*) FROM device WHERE http_user = @user OR http_user = @shared)
                 + (SELECT count(*) FROM shared_user WHERE name = @user)
                 + (SELECT count(*) FROM device_secret WHERE (user_name = @user OR user_name = @shared) AND purpose LIKE 'login-%')
            """;
        if (await commands.ScalarAsync(userTaken, ("@user", draft.HttpUser), ("@shared", draft.SharedUser)) is not 0L)
        {
            return AddStatus.UserTaken;
        }

        const string keyTaken = "SELECT count(*) FROM device_key WHERE spki_sha256 = @key";
        return await commands.ScalarAsync(keyTaken, ("@key", draft.Key?.SpkiSha256)) is 0L ? AddStatus.Added : AddStatus.KeyTaken;
    }

    public static async ValueTask<RegisteredDevice> InsertAsync(StoreCommands commands, SecretSeal seal, DeviceDraft draft, long? sharedUser)
    {
        const string insert = """
            INSERT INTO device (oui, product_class, serial_number, http_user, shared_user_id, migration_until, status,
                                required_strength, model, software_version, first_seen, last_seen, last_source)
            VALUES (@oui, @class, @serial, @user, @shared, @migration, @status, @strength, @model, @software, @seen, @seen, @source)
            RETURNING id
            """;
        var key = (long)(await commands.ScalarAsync(
            insert,
            ("@oui", draft.Device.Oui.ToUpperInvariant()),
            ("@class", draft.Device.ProductClass),
            ("@serial", draft.Device.SerialNumber),
            ("@user", draft.HttpUser),
            ("@shared", sharedUser),
            ("@migration", draft.MigrationUntil?.ToUnixTimeMilliseconds()),
            ("@status", StatusName.Of(draft.Status)),
            ("@strength", (long)draft.RequiredStrength),
            ("@model", draft.Model),
            ("@software", draft.SoftwareVersion),
            ("@seen", draft.SeenAt?.ToUnixTimeMilliseconds()),
            ("@source", draft.Source)))!;
        foreach (var group in draft.Groups.Distinct(StringComparer.Ordinal))
        {
            await commands.ExecuteAsync("INSERT INTO device_group (device_id, name) VALUES (@id, @name)", ("@id", key), ("@name", group));
        }

        if (draft.Secret is not null)
        {
            await DeviceSecretRows.PutAsync(commands, seal, key, new DeviceSecret(LoginPurpose, draft.Secret)
            {
                BasicOnly = draft.BasicOnly,
                CreatedAt = draft.AddedAt,
                Weakness = draft.Weakness,
            });
        }

        if (draft.Key is not null)
        {
            await BindAsync(commands, key, draft.Key);
        }

        return await RowAsync(commands, key);
    }

    /// <summary>Writes a sighting; null, and nothing written, when the row is gone or its new key is another device's.</summary>
    public static async ValueTask<RegisteredDevice?> RecordAsync(StoreCommands commands, Sighting sighting)
    {
        var before = (await ReadAsync(commands, seal: null, "d.id = @id", ("@id", sighting.Key))).SingleOrDefault();
        if (before is null || (sighting.NewKey is { } key && !await BindAsync(commands, sighting.Key, key)))
        {
            return null;
        }

        const string update = """
            UPDATE device
               SET last_seen = @seen, first_seen = coalesce(first_seen, @seen),
                   required_strength = CASE WHEN required_strength < @strength THEN @strength ELSE required_strength END,
                   model = coalesce(@model, model), software_version = coalesce(@software, software_version),
                   highest_software_version = @highest, last_source = coalesce(@source, last_source)
             WHERE id = @id
            """;
        await commands.ExecuteAsync(
            update,
            ("@id", sighting.Key),
            ("@seen", sighting.SeenAt.ToUnixTimeMilliseconds()),
            ("@strength", (long)sighting.Strength),
            ("@model", sighting.Model),
            ("@software", sighting.SoftwareVersion),
            ("@highest", Higher(Higher(before.Device.HighestSoftwareVersion, before.Device.SoftwareVersion), sighting.SoftwareVersion ?? "")),
            ("@source", sighting.Source));

        // Other nodes need not hear that a device was here, only what changes who may log in.
        if (sighting.NewKey is not null || before.Device.RequiredStrength < sighting.Strength)
        {
            Announce(commands, sighting.Key);
        }

        return await RowAsync(commands, sighting.Key);
    }

    /// <summary>Changes a device's status; null, and nothing written, when there is no such device, or it has another status than it may change from.</summary>
    public static async ValueTask<RegisteredDevice?> ChangeAsync(StoreCommands commands, DeviceId device, StatusChange change)
    {
        var from = string.Join(", ", change.From.Select(status => $"'{StatusName.Of(status)}'"));
        var key = await commands.ScalarAsync(
            $"""
            UPDATE device AS d
               SET status = @status, status_reason = @reason, status_since = @at,
                   factory_reset_at = CASE WHEN @status = 'bootstrap' THEN NULL ELSE factory_reset_at END
             WHERE {IsDevice} AND d.status IN ({from})
            RETURNING id
            """,
            [("@status", StatusName.Of(change.To)), ("@reason", change.Reason), ("@at", change.At.ToUnixTimeMilliseconds()), .. Values(device)]);
        if (key is not long changed)
        {
            return null;
        }

        Announce(commands, changed);
        return await RowAsync(commands, changed);
    }

    /// <summary>Notes that a FactoryReset is on its way to a device, or forgets it; false when the device is gone.</summary>
    public static async ValueTask<bool> ResetAsync(StoreCommands commands, long device, DateTimeOffset? at)
    {
        const string reset = "UPDATE device SET factory_reset_at = @at WHERE id = @id";
        Announce(commands, device);
        return await commands.ExecuteAsync(reset, ("@at", at?.ToUnixTimeMilliseconds()), ("@id", device)) == 1;
    }

    /// <summary>Lowers the strength that a device must prove; the row afterwards, null when there is no such device.</summary>
    public static async ValueTask<RegisteredDevice?> LowerAsync(StoreCommands commands, DeviceId device, IdentityStrength strength)
    {
        var key = await commands.ScalarAsync(
            $"UPDATE device AS d SET required_strength = @strength WHERE {IsDevice} RETURNING id", [("@strength", (long)strength), .. Values(device)]);
        if (key is not long lowered)
        {
            return null;
        }

        Announce(commands, lowered);
        return await RowAsync(commands, lowered);
    }

    /// <summary>Removes a device with all that hangs on it; false when there is none.</summary>
    public static async ValueTask<bool> RemoveAsync(StoreCommands commands, DeviceId device)
    {
        if (await commands.ScalarAsync($"DELETE FROM device AS d WHERE {IsDevice} RETURNING id", Values(device)) is not long removed)
        {
            return false;
        }

        Announce(commands, removed);
        return true;
    }

    private static string Higher(string one, string other) => SoftwareVersion.Compare(one, other) < 0 ? other : one;

    private static void Announce(StoreCommands commands, long device) => commands.Announce(new StoreChange(StoreChange.Device, device));

    private static async ValueTask<RegisteredDevice> RowAsync(StoreCommands commands, long key) =>
        (await ReadAsync(commands, seal: null, "d.id = @id", ("@id", key))).Single().Device;

    /// <summary>Binds a key; false where it is another device's.</summary>
    public static async ValueTask<bool> BindAsync(StoreCommands commands, long device, KeyToBind key)
    {
        await commands.ExecuteAsync(
            "INSERT INTO device_key (spki_sha256, device_id, not_before, not_after) VALUES (@key, @id, @from, @to) ON CONFLICT (spki_sha256) DO NOTHING",
            ("@key", key.SpkiSha256),
            ("@id", device),
            ("@from", key.NotBefore.ToUnixTimeMilliseconds()),
            ("@to", key.NotAfter.ToUnixTimeMilliseconds()));

        // Asked afterwards: another node may have bound it in between.
        return await commands.ScalarAsync("SELECT device_id FROM device_key WHERE spki_sha256 = @key", ("@key", key.SpkiSha256)) is long owner && owner == device;
    }

    private static (string Name, object? Value)[] Values(DeviceId device) =>
        [("@oui", device.Oui.ToUpperInvariant()), ("@class", device.ProductClass), ("@serial", device.SerialNumber)];

    private static RegisteredDevice Row(DbDataReader reader) => new()
    {
        Key = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        HttpUser = reader.Text(4),
        SharedUser = reader.Text(5),
        MigrationUntil = reader.TimeOrNull(6),
        Status = StatusName.Read(reader.GetString(7)),
        RequiredStrength = (IdentityStrength)reader.GetInt64(8),
        Model = reader.GetString(9),
        SoftwareVersion = reader.GetString(10),
        FirstSeen = reader.TimeOrNull(11),
        LastSeen = reader.TimeOrNull(12),
        Groups = reader.List(13),
        BoundKeys = reader.List(14),
        LatestKeyFrom = reader.TimeOrNull(15),
        HasSecret = !reader.IsDBNull(16),
        StatusReason = reader.GetString(17),
        StatusSince = reader.TimeOrNull(18),
        FactoryResetAt = reader.TimeOrNull(19),
        LastSource = reader.Text(21) ?? "",
        HighestSoftwareVersion = reader.GetString(22),
    };
}
