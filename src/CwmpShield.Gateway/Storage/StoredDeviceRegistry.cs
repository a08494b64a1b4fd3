using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Credentials;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage;

/// <summary>The registry in the store.</summary>
public sealed class StoredDeviceRegistry : IDeviceRegistry
{
    private readonly Store store;
    private readonly SecretSeal seal;

    /// <summary>The registry of a store whose secrets are open.</summary>
    internal StoredDeviceRegistry(Store store, SecretSeal seal)
    {
        this.store = store;
        this.seal = seal;
    }

    /// <summary>The secrets of the store.</summary>
    internal SecretSeal Seal => seal;

    /// <summary>Opens the registry of a store under one key.</summary>
    /// <exception cref="StoreException">The store's secrets are sealed under another key.</exception>
    public static Task<StoredDeviceRegistry> OpenAsync(Store store, MasterKey key, CancellationToken cancellationToken = default) =>
        OpenAsync(store, KeyRing.Of(key), cancellationToken);

    /// <summary>Opens the registry of a store. The newest key that it is opened with first is its current one, until a rotation.</summary>
    /// <exception cref="StoreException">The store's current key is not among these.</exception>
    public static async Task<StoredDeviceRegistry> OpenAsync(Store store, KeyRing keys, CancellationToken cancellationToken = default) =>
        new(store, await StoreKeyRows.OpenAsync(store, keys, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<DeviceRecord?> FindAsync(DeviceId device, CancellationToken cancellationToken) =>
        store.ReadAsync(commands => DeviceRows.FindAsync(commands, seal, device), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DeviceRecord>> FindByNameAsync(DeviceName name, CancellationToken cancellationToken) =>
        await store.ReadAsync(commands => DeviceRows.FindAsync(commands, seal, name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<UserRecord?> FindUserAsync(string user, DeviceName? byPattern, CancellationToken cancellationToken) =>
        store.ReadAsync(commands => FindUserAsync(commands, user, byPattern), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<DeviceRecord?> FindByKeyAsync(string spkiSha256, CancellationToken cancellationToken)
    {
        const string condition = "d.id = (SELECT device_id FROM device_key WHERE spki_sha256 = @key)";
        return (await store.ReadAsync(commands => DeviceRows.ReadAsync(commands, seal, condition, ("@key", spkiSha256)), cancellationToken)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public ValueTask<AddResult> AddAsync(DeviceDraft draft, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            var status = await DeviceRows.ConflictAsync(commands, draft);
            long? sharedUser = null;
            if (status == AddStatus.Added && draft.SharedUser is not null)
            {
                (status, sharedUser) = await SharedUserRows.JoinAsync(commands, seal, draft.SharedUser, draft.SharedSecret);
            }

            return status == AddStatus.Added
                ? new AddResult(status, await DeviceRows.InsertAsync(commands, seal, draft, sharedUser))
                : new AddResult(status, null);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RegisteredDevice?> RecordAsync(Sighting sighting, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => DeviceRows.RecordAsync(commands, sighting), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RegisteredDevice?> ChangeStatusAsync(DeviceId device, StatusChange change, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => DeviceRows.ChangeAsync(commands, device, change), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CredentialResult?> ChangeCredentialAsync(CredentialChange change, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => CredentialRows.ChangeAsync(commands, seal, change), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> IsReusedAsync(StoredSecret.Password password, long device, CancellationToken cancellationToken) => store.ReadAsync(
        async commands => seal.Fingerprint(password) is { } print
            && await commands.ScalarAsync(
                "SELECT device_id FROM device_secret WHERE fingerprint = @print AND device_id <> @id LIMIT 1", ("@print", print), ("@id", device)) is not null,
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RotatingCredential> CredentialAsync(long device, CredentialPurpose purpose, CancellationToken cancellationToken) =>
        store.ReadAsync(commands => CredentialRows.ReadAsync(commands, seal, device, purpose), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RememberResetAsync(long device, DateTimeOffset? at, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => DeviceRows.ResetAsync(commands, device, at), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RegisteredDevice?> LowerStrengthAsync(DeviceId device, IdentityStrength strength, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => DeviceRows.LowerAsync(commands, device, strength), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(DeviceId device, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => DeviceRows.RemoveAsync(commands, device), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RegisteredDevice>> ListAsync(long afterKey, int limit, string? group, CancellationToken cancellationToken)
    {
        var condition = "d.id > @after"
            + (group is null ? "" : " AND d.id IN (SELECT device_id FROM device_group WHERE name = @group)")
            + " ORDER BY d.id LIMIT " + Math.Clamp(limit, 1, 1000).ToString(CultureInfo.InvariantCulture);
        var rows = await store.ReadAsync(
            commands => DeviceRows.ReadAsync(commands, seal: null, condition, ("@after", afterKey), ("@group", group)), cancellationToken);
        return [.. rows.Select(record => record.Device)];
    }

    private async ValueTask<UserRecord?> FindUserAsync(StoreCommands commands, string user, DeviceName? byPattern)
    {
        // One list of keys, each found by an index: two conditions with OR between them make PostgreSQL read every device.
        const string isUser = """
            d.id IN (SELECT id FROM device WHERE http_user = @user
                     UNION ALL SELECT device_id FROM device_secret WHERE user_name = @user AND purpose LIKE 'login-%')
            """;
        var owners = await DeviceRows.ReadAsync(commands, seal, isUser, ("@user", user));
        if (owners.FirstOrDefault(owner => string.Equals(owner.Device.HttpUser, user, StringComparison.Ordinal)) is { } own)
        {
            return new UserRecord(own, null);
        }

        // A user that is on its way to one device: nobody else may take it.
        if (owners is [var rotating])
        {
            return new UserRecord(rotating, null);
        }

        if (await SharedUserRows.FindAsync(commands, seal, user) is { } shared)
        {
            return new UserRecord(null, shared.Secret);
        }

        return byPattern is not null && await DeviceRows.FindAsync(commands, seal, byPattern) is [{ Device.HttpUser: null } named]
            ? new UserRecord(named, null)
            : null;
    }
}
