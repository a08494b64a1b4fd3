using System.Data.Common;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads and writes the secrets of one device.</summary>
internal static class DeviceSecretRows
{
    /// <summary>Every secret of a device, in the order of their purposes.</summary>
    public static ValueTask<IReadOnlyList<DeviceSecret>> ReadAsync(StoreCommands commands, SecretSeal seal, long device) => commands.QueryAsync(
        "SELECT purpose, sealed, user_name, created_at, expires_at, weakness FROM device_secret WHERE device_id = @id ORDER BY purpose",
        reader => Row(reader, seal, device),
        ("@id", device));

    /// <summary>The secret of a device for one purpose, null when there is none.</summary>
    public static async ValueTask<DeviceSecret?> FindAsync(StoreCommands commands, SecretSeal seal, long device, string purpose) =>
        (await commands.QueryAsync(
            "SELECT purpose, sealed, user_name, created_at, expires_at, weakness FROM device_secret WHERE device_id = @id AND purpose = @purpose",
            reader => Row(reader, seal, device),
            ("@id", device),
            ("@purpose", purpose))).SingleOrDefault();

    /// <summary>Stores a secret in the place of what was there for its purpose.</summary>
    public static async ValueTask PutAsync(StoreCommands commands, SecretSeal seal, long device, DeviceSecret secret)
    {
        await seal.FollowAsync(commands);
        const string put = """
            INSERT INTO device_secret (device_id, purpose, sealed, user_name, created_at, expires_at, fingerprint, weakness)
            VALUES (@id, @purpose, @sealed, @user, @created, @expires, @fingerprint, @weakness)
            ON CONFLICT (device_id, purpose) DO UPDATE
               SET sealed = excluded.sealed, user_name = excluded.user_name, created_at = excluded.created_at,
                   expires_at = excluded.expires_at, fingerprint = excluded.fingerprint, weakness = excluded.weakness
            """;
        var values = Values(seal, device, secret);
        await commands.ExecuteAsync(
            put,
            ("@id", values[0]),
            ("@purpose", values[1]),
            ("@sealed", values[2]),
            ("@user", values[3]),
            ("@created", values[4]),
            ("@expires", values[5]),
            ("@fingerprint", values[6]),
            ("@weakness", values[7]));
    }

    /// <summary>Takes a secret away; false when there was none.</summary>
    public static async ValueTask<bool> RemoveAsync(StoreCommands commands, long device, string purpose) =>
        await commands.ExecuteAsync("DELETE FROM device_secret WHERE device_id = @id AND purpose = @purpose", ("@id", device), ("@purpose", purpose)) == 1;

    /// <summary>
    /// The values of a row, in the order of the columns device_id, purpose, sealed, user_name, created_at, expires_at, fingerprint, weakness.
    /// <see cref="StoreKeyRows.FollowAsync"/> must have been called in the same transaction.
    /// </summary>
    public static object?[] Values(SecretSeal seal, long device, DeviceSecret secret)
    {
        var kept = secret is { BasicOnly: true, Secret: StoredSecret.Password password } ? seal.Verifier(password, device) : secret.Secret;
        return
        [
            device,
            secret.Purpose,
            seal.Close(kept, device, secret.Purpose),
            secret.User,
            secret.CreatedAt?.ToUnixTimeMilliseconds(),
            secret.ExpiresAt?.ToUnixTimeMilliseconds(),
            seal.Fingerprint(secret.Secret),
            secret.Weakness,
        ];
    }

    private static DeviceSecret Row(DbDataReader reader, SecretSeal seal, long device)
    {
        var purpose = reader.GetString(0);
        var secret = seal.Open(reader.GetFieldValue<byte[]>(1), device, purpose);
        return new DeviceSecret(purpose, secret)
        {
            User = reader.Text(2),
            CreatedAt = reader.TimeOrNull(3),
            ExpiresAt = reader.TimeOrNull(4),
            Weakness = reader.Text(5),
            BasicOnly = secret is StoredSecret.Verifier,
        };
    }
}
