using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads and writes rows of the device table and of the tables that hang on it.</summary>
internal static class DeviceRows
{
    private const string LoginPurpose = "login";

    private const string Columns = """
        SELECT d.id, d.oui, d.product_class, d.serial_number, d.http_user, u.name, d.migration_until, d.status, d.required_strength,
               d.model, d.software_version, d.first_seen, d.last_seen,
               (SELECT group_concat(g.name, ',' ORDER BY g.name) FROM device_group g WHERE g.device_id = d.id),
               (SELECT group_concat(k.spki_sha256, ',' ORDER BY k.not_before) FROM device_key k WHERE k.device_id = d.id),
               (SELECT max(k.not_before) FROM device_key k WHERE k.device_id = d.id),
               s.sealed, d.status_reason, d.status_since
          FROM device d
          LEFT JOIN shared_user u ON u.id = d.shared_user_id
          LEFT JOIN device_secret s ON s.device_id = d.id AND s.purpose = 'login'
         WHERE 
        """;

    /// <summary>The rows that fit <paramref name="condition"/>; without a seal their secrets stay closed.</summary>
    public static List<DeviceRecord> Read(
        SqliteConnection connection,
        SecretSeal? seal,
        string condition,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(Columns + condition, values);
        using var reader = command.ExecuteReader();
        var records = new List<DeviceRecord>();
        while (reader.Read())
        {
            var secret = seal is null || reader.IsDBNull(16)
                ? null
                : seal.Open(reader.GetFieldValue<byte[]>(16), reader.GetInt64(0), LoginPurpose);
            records.Add(new DeviceRecord(Row(reader), secret));
        }

        return records;
    }

    public static DeviceRecord? Find(SqliteConnection connection, SecretSeal? seal, DeviceId device) => Read(
        connection,
        seal,
        "d.oui = $oui AND d.product_class = $class AND d.serial_number = $serial",
        ("$oui", device.Oui.ToUpperInvariant()),
        ("$class", device.ProductClass),
        ("$serial", device.SerialNumber)).SingleOrDefault();

    /// <summary>The rows that fit a name, two at most.</summary>
    public static List<DeviceRecord> Find(SqliteConnection connection, SecretSeal seal, DeviceName name) => Read(
        connection,
        seal,
        "d.serial_number = $serial AND ($oui IS NULL OR d.oui = $oui) AND ($class IS NULL OR d.product_class = $class) ORDER BY d.id LIMIT 2",
        ("$serial", name.SerialNumber),
        ("$oui", name.Oui?.ToUpperInvariant()),
        ("$class", name.ProductClass));

    /// <summary>Why <paramref name="draft"/> cannot be added, or <see cref="AddStatus.Added"/> when nothing stands against it.</summary>
    public static AddStatus Conflict(SqliteTransaction transaction, DeviceDraft draft)
    {
        if (Find(transaction.Connection!, seal: null, draft.Device) is not null)
        {
            return AddStatus.DeviceExists;
        }

        const string userTaken = """
            SELECT EXISTS (SELECT 1 FROM device WHERE http_user = $user OR http_user = $shared)
                OR EXISTS (SELECT 1 FROM shared_user WHERE name = $user)
            """;
        if (transaction.Scalar(userTaken, ("$user", draft.HttpUser), ("$shared", draft.SharedUser)) is 1L)
        {
            return AddStatus.UserTaken;
        }

        const string keyTaken = "SELECT EXISTS (SELECT 1 FROM device_key WHERE spki_sha256 = $key)";
        return transaction.Scalar(keyTaken, ("$key", draft.Key?.SpkiSha256)) is 1L ? AddStatus.KeyTaken : AddStatus.Added;
    }

    public static RegisteredDevice Insert(SqliteTransaction transaction, SecretSeal seal, DeviceDraft draft, long? sharedUser)
    {
        const string insert = """
            INSERT INTO device (oui, product_class, serial_number, http_user, shared_user_id, migration_until, status,
                                required_strength, model, software_version, first_seen, last_seen)
            VALUES ($oui, $class, $serial, $user, $shared, $migration, $status, $strength, $model, $software, $seen, $seen)
            RETURNING id
            """;
        var key = (long)transaction.Scalar(
            insert,
            ("$oui", draft.Device.Oui.ToUpperInvariant()),
            ("$class", draft.Device.ProductClass),
            ("$serial", draft.Device.SerialNumber),
            ("$user", draft.HttpUser),
            ("$shared", sharedUser),
            ("$migration", draft.MigrationUntil?.ToUnixTimeMilliseconds()),
            ("$status", StatusName.Of(draft.Status)),
            ("$strength", (int)draft.RequiredStrength),
            ("$model", draft.Model),
            ("$software", draft.SoftwareVersion),
            ("$seen", draft.SeenAt?.ToUnixTimeMilliseconds()))!;
        foreach (var group in draft.Groups.Distinct(StringComparer.Ordinal))
        {
            transaction.Execute("INSERT INTO device_group (device_id, name) VALUES ($id, $name)", ("$id", key), ("$name", group));
        }

        if (draft.Secret is not null)
        {
            transaction.Execute(
                "INSERT INTO device_secret (device_id, purpose, sealed) VALUES ($id, $purpose, $sealed)",
                ("$id", key),
                ("$purpose", LoginPurpose),
                ("$sealed", seal.Close(draft.Secret, key, LoginPurpose)));
        }

        if (draft.Key is not null)
        {
            Bind(transaction, key, draft.Key);
        }

        return Read(transaction.Connection!, seal: null, "d.id = $id", ("$id", key)).Single().Device;
    }

    /// <summary>Writes a sighting; null, and nothing written, when the row is gone or its new key is another device's.</summary>
    public static RegisteredDevice? Record(SqliteTransaction transaction, Sighting sighting)
    {
        if (sighting.NewKey is { } newKey)
        {
            var owner = transaction.Scalar("SELECT device_id FROM device_key WHERE spki_sha256 = $key", ("$key", newKey.SpkiSha256)) as long?;
            if (owner is not null && owner != sighting.Key)
            {
                return null;
            }
        }

        const string update = """
            UPDATE device
               SET last_seen = $seen, first_seen = coalesce(first_seen, $seen), required_strength = max(required_strength, $strength),
                   model = coalesce($model, model), software_version = coalesce($software, software_version)
             WHERE id = $id
            """;
        var found = transaction.Execute(
            update,
            ("$id", sighting.Key),
            ("$seen", sighting.SeenAt.ToUnixTimeMilliseconds()),
            ("$strength", (int)sighting.Strength),
            ("$model", sighting.Model),
            ("$software", sighting.SoftwareVersion)) == 1;
        if (found && sighting.NewKey is not null)
        {
            Bind(transaction, sighting.Key, sighting.NewKey);
        }

        return found ? Read(transaction.Connection!, seal: null, "d.id = $id", ("$id", sighting.Key)).Single().Device : null;
    }

    /// <summary>Changes a device's status; null, and nothing written, when there is no such device, or it has another status than it may change from.</summary>
    public static RegisteredDevice? Change(SqliteTransaction transaction, DeviceId device, StatusChange change)
    {
        var from = string.Join(", ", change.From.Select(status => $"'{StatusName.Of(status)}'"));
        var key = transaction.Scalar(
            $"""
            UPDATE device SET status = $status, status_reason = $reason, status_since = $at
             WHERE oui = $oui AND product_class = $class AND serial_number = $serial AND status IN ({from})
            RETURNING id
            """,
            ("$status", StatusName.Of(change.To)),
            ("$reason", change.Reason),
            ("$at", change.At.ToUnixTimeMilliseconds()),
            ("$oui", device.Oui.ToUpperInvariant()),
            ("$class", device.ProductClass),
            ("$serial", device.SerialNumber));
        return key is null ? null : Read(transaction.Connection!, seal: null, "d.id = $id", ("$id", key)).Single().Device;
    }

    private static void Bind(SqliteTransaction transaction, long device, KeyToBind key) => transaction.Execute(
        "INSERT INTO device_key (spki_sha256, device_id, not_before, not_after) VALUES ($key, $id, $from, $to) ON CONFLICT (spki_sha256) DO NOTHING",
        ("$key", key.SpkiSha256),
        ("$id", device),
        ("$from", key.NotBefore.ToUnixTimeMilliseconds()),
        ("$to", key.NotAfter.ToUnixTimeMilliseconds()));

    private static RegisteredDevice Row(SqliteDataReader reader) => new()
    {
        Key = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        HttpUser = Text(reader, 4),
        SharedUser = Text(reader, 5),
        MigrationUntil = Time(reader, 6),
        Status = StatusName.Read(reader.GetString(7)),
        RequiredStrength = (IdentityStrength)reader.GetInt32(8),
        Model = reader.GetString(9),
        SoftwareVersion = reader.GetString(10),
        FirstSeen = Time(reader, 11),
        LastSeen = Time(reader, 12),
        Groups = List(reader, 13),
        BoundKeys = List(reader, 14),
        LatestKeyFrom = Time(reader, 15),
        HasSecret = !reader.IsDBNull(16),
        StatusReason = reader.GetString(17),
        StatusSince = Time(reader, 18),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string[] List(SqliteDataReader reader, int column) => Text(reader, column)?.Split(',') ?? [];

    private static DateTimeOffset? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
