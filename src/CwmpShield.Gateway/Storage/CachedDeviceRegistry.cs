using System.Runtime.InteropServices;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Keeps what a registry answered for a short time, so that the requests of one session ask it once. Only devices and users that
/// exist are kept: strangers cannot fill it. A change that the store tells of (<see cref="Forget"/>) shows at once, any other when the life has passed.
/// </summary>
public sealed class CachedDeviceRegistry : IDeviceRegistry
{
    private readonly IDeviceRegistry inner;
    private readonly BoundedCache<Lookup, long> lookups;
    private readonly BoundedCache<long, DeviceRecord> rows;
    private readonly BoundedCache<string, UserRecord> sharedUsers;
    private long changes;

    /// <summary>Puts a cache before a registry.</summary>
    /// <param name="inner">The registry.</param>
    /// <param name="time">Clock.</param>
    /// <param name="life">How long an answer is kept, null for 30 seconds.</param>
    /// <param name="capacity">Devices kept at most. The default value is 32,768 (about 40 MB).</param>
    public CachedDeviceRegistry(IDeviceRegistry inner, TimeProvider time, TimeSpan? life = null, int capacity = 32_768)
    {
        this.inner = inner;
        var span = life ?? TimeSpan.FromSeconds(30);
        lookups = new BoundedCache<Lookup, long>(capacity * 2, span, time);
        rows = new BoundedCache<long, DeviceRecord>(capacity, span, time);
        sharedUsers = new BoundedCache<string, UserRecord>(1024, span, time);
    }

    private enum LookupKind
    {
        Device,
        Name,
        User,
        Key,
    }

    /// <summary>Forgets what a change touches, and what is being read at this moment.</summary>
    public void Forget(StoreChange change)
    {
        Interlocked.Increment(ref changes);
        if (change is { What: StoreChange.Device, Key: > 0 })
        {
            rows.Remove(change.Key);
        }
        else if (change.Touches(StoreChange.Device, 0))
        {
            rows.Clear();
            lookups.Clear();
            sharedUsers.Clear();
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeviceRecord?> FindAsync(DeviceId device, CancellationToken cancellationToken) =>
        FindAsync(new Lookup(LookupKind.Device, device), () => inner.FindAsync(device, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<DeviceRecord?> FindByKeyAsync(string spkiSha256, CancellationToken cancellationToken)
    {
        var found = await FindAsync(new Lookup(LookupKind.Key, spkiSha256), () => inner.FindByKeyAsync(spkiSha256, cancellationToken));

        // The row may have been read again since its key was looked up, and say that the key was taken from it.
        return found?.Device.BoundKeys.Contains(spkiSha256, StringComparer.Ordinal) is true ? found : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DeviceRecord>> FindByNameAsync(DeviceName name, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(LookupKind.Name, name);
        if (lookups.TryGet(lookup, out var key) && rows.TryGet(key, out var kept))
        {
            return [kept];
        }

        var before = Interlocked.Read(ref changes);
        var found = await inner.FindByNameAsync(name, cancellationToken);
        if (found.Count == 1)
        {
            Keep(lookup, found[0], before);
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<UserRecord?> FindUserAsync(string user, DeviceName? byPattern, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(LookupKind.User, (user, byPattern));
        if (lookups.TryGet(lookup, out var key) && rows.TryGet(key, out var kept))
        {
            return new UserRecord(kept, null);
        }

        if (sharedUsers.TryGet(user, out var shared))
        {
            return shared;
        }

        var before = Interlocked.Read(ref changes);
        var found = await inner.FindUserAsync(user, byPattern, cancellationToken);
        if (found?.Owner is { } owner)
        {
            Keep(lookup, owner, before);
        }
        else if (found is not null && before == Interlocked.Read(ref changes))
        {
            sharedUsers.Set(user, found);
        }

        return found;
    }

    /// <inheritdoc/>
    public ValueTask<AddResult> AddAsync(DeviceDraft draft, CancellationToken cancellationToken) => inner.AddAsync(draft, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<RegisteredDevice?> RecordAsync(Sighting sighting, CancellationToken cancellationToken)
    {
        var device = await inner.RecordAsync(sighting, cancellationToken);
        if (device is null)
        {
            rows.Remove(sighting.Key);
        }
        else
        {
            rows.Update(sighting.Key, row => row with { Device = device });
        }

        return device;
    }

    /// <inheritdoc/>
    public async ValueTask<RegisteredDevice?> ChangeStatusAsync(DeviceId device, StatusChange change, CancellationToken cancellationToken)
    {
        var changed = await inner.ChangeStatusAsync(device, change, cancellationToken);
        if (changed is not null)
        {
            rows.Update(changed.Key, row => row with { Device = changed });
        }

        return changed;
    }

    /// <inheritdoc/>
    public async ValueTask<CredentialResult?> ChangeCredentialAsync(CredentialChange change, CancellationToken cancellationToken)
    {
        var result = await inner.ChangeCredentialAsync(change, cancellationToken);
        if (result is null)
        {
            rows.Remove(change.Device);
        }
        else
        {
            rows.Update(change.Device, _ => result.Row);
        }

        return result;
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsReusedAsync(StoredSecret.Password password, long device, CancellationToken cancellationToken) =>
        inner.IsReusedAsync(password, device, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RotatingCredential> CredentialAsync(long device, CredentialPurpose purpose, CancellationToken cancellationToken) =>
        inner.CredentialAsync(device, purpose, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> RememberResetAsync(long device, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var isNoted = await inner.RememberResetAsync(device, at, cancellationToken);
        rows.Update(device, row => row with { Device = row.Device with { FactoryResetAt = at } });
        return isNoted;
    }

    /// <inheritdoc/>
    public async ValueTask<RegisteredDevice?> LowerStrengthAsync(DeviceId device, IdentityStrength strength, CancellationToken cancellationToken)
    {
        var lowered = await inner.LowerStrengthAsync(device, strength, cancellationToken);
        if (lowered is not null)
        {
            rows.Update(lowered.Key, row => row with { Device = lowered });
        }

        return lowered;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RemoveAsync(DeviceId device, CancellationToken cancellationToken)
    {
        var row = await inner.FindAsync(device, cancellationToken);
        var removed = await inner.RemoveAsync(device, cancellationToken);
        if (row is not null)
        {
            rows.Remove(row.Device.Key);
        }

        return removed;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RegisteredDevice>> ListAsync(long afterKey, int limit, string? group, CancellationToken cancellationToken) =>
        inner.ListAsync(afterKey, limit, group, cancellationToken);

    private async ValueTask<DeviceRecord?> FindAsync(Lookup lookup, Func<ValueTask<DeviceRecord?>> ask)
    {
        if (lookups.TryGet(lookup, out var key) && rows.TryGet(key, out var kept))
        {
            return kept;
        }

        var before = Interlocked.Read(ref changes);
        var found = await ask();
        if (found is not null)
        {
            Keep(lookup, found, before);
        }

        return found;
    }

    /// <summary>Keeps an answer, unless something has changed since it was asked for: it may be the old one.</summary>
    private void Keep(Lookup lookup, DeviceRecord record, long before)
    {
        rows.Set(record.Device.Key, record);
        lookups.Set(lookup, record.Device.Key);
        if (before != Interlocked.Read(ref changes))
        {
            rows.Remove(record.Device.Key);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Lookup(LookupKind Kind, object By);
}
