using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>The registry in the embedded store.</summary>
public sealed class SqliteDeviceRegistry : IDeviceRegistry
{
    private readonly SqliteStore store;
    private readonly SecretSeal seal;

    private SqliteDeviceRegistry(SqliteStore store, SecretSeal seal)
    {
        this.store = store;
        this.seal = seal;
    }

    /// <summary>Opens the registry of a store. The first key that it is opened with is its key from then on.</summary>
    /// <exception cref="StoreException">The store's secrets are sealed under another key.</exception>
    public static async Task<SqliteDeviceRegistry> OpenAsync(SqliteStore store, MasterKey key, CancellationToken cancellationToken = default)
    {
        var keyId = await store.WriteAsync(
            transaction =>
            {
                transaction.Execute("INSERT INTO setting (name, value) VALUES ('secret-key-id', $id) ON CONFLICT (name) DO NOTHING", ("$id", key.Id));
                return transaction.Scalar("SELECT value FROM setting WHERE name = 'secret-key-id'") as string;
            },
            cancellationToken);
        return string.Equals(keyId, key.Id, StringComparison.Ordinal)
            ? new SqliteDeviceRegistry(store, new SecretSeal(key))
            : throw new StoreException($"The store's secrets are sealed under the key {keyId}, and the key file holds {key.Id}.");
    }

    /// <inheritdoc/>
    public ValueTask<DeviceRecord?> FindAsync(DeviceId device, CancellationToken cancellationToken) =>
        ValueTask.FromResult(store.Read(connection => DeviceRows.Find(connection, seal, device)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeviceRecord>> FindByNameAsync(DeviceName name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<DeviceRecord>>(store.Read(connection => DeviceRows.Find(connection, seal, name)));

    /// <inheritdoc/>
    public ValueTask<UserRecord?> FindUserAsync(string user, DeviceName? byPattern, CancellationToken cancellationToken) =>
        ValueTask.FromResult(store.Read(connection => FindUser(connection, user, byPattern)));

    /// <inheritdoc/>
    public ValueTask<DeviceRecord?> FindByKeyAsync(string spkiSha256, CancellationToken cancellationToken)
    {
        const string condition = "d.id = (SELECT device_id FROM device_key WHERE spki_sha256 = $key)";
        return ValueTask.FromResult(store.Read(connection => DeviceRows.Read(connection, seal, condition, ("$key", spkiSha256)).SingleOrDefault()));
    }

    /// <inheritdoc/>
    public ValueTask<AddResult> AddAsync(DeviceDraft draft, CancellationToken cancellationToken) =>
        store.WriteAsync(
            transaction =>
            {
                var status = DeviceRows.Conflict(transaction, draft);
                long? sharedUser = null;
                if (status == AddStatus.Added && draft.SharedUser is not null)
                {
                    (status, sharedUser) = SharedUserRows.Join(transaction, seal, draft.SharedUser, draft.SharedSecret);
                }

                return status == AddStatus.Added
                    ? new AddResult(status, DeviceRows.Insert(transaction, seal, draft, sharedUser))
                    : new AddResult(status, null);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RegisteredDevice?> RecordAsync(Sighting sighting, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => DeviceRows.Record(transaction, sighting), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RegisteredDevice?> ChangeStatusAsync(DeviceId device, StatusChange change, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => DeviceRows.Change(transaction, device, change), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(DeviceId device, CancellationToken cancellationToken) =>
        store.WriteAsync(
            transaction => transaction.Execute(
                "DELETE FROM device WHERE oui = $oui AND product_class = $class AND serial_number = $serial",
                ("$oui", device.Oui.ToUpperInvariant()),
                ("$class", device.ProductClass),
                ("$serial", device.SerialNumber)) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RegisteredDevice>> ListAsync(long afterKey, int limit, string? group, CancellationToken cancellationToken)
    {
        var condition = "d.id > $after"
            + (group is null ? "" : " AND d.id IN (SELECT device_id FROM device_group WHERE name = $group)")
            + " ORDER BY d.id LIMIT " + Math.Clamp(limit, 1, 1000).ToString(CultureInfo.InvariantCulture);
        return ValueTask.FromResult<IReadOnlyList<RegisteredDevice>>(store.Read(connection => DeviceRows
            .Read(connection, seal: null, condition, ("$after", afterKey), ("$group", group))
            .ConvertAll(record => record.Device)));
    }

    private UserRecord? FindUser(SqliteConnection connection, string user, DeviceName? byPattern)
    {
        if (DeviceRows.Read(connection, seal, "d.http_user = $user", ("$user", user)) is [var own])
        {
            return new UserRecord(own, null);
        }

        if (SharedUserRows.Find(connection, seal, user) is { } shared)
        {
            return new UserRecord(null, shared.Secret);
        }

        return byPattern is not null && DeviceRows.Find(connection, seal, byPattern) is [{ Device.HttpUser: null } named]
            ? new UserRecord(named, null)
            : null;
    }
}
