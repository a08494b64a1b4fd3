using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Storage;

/// <summary>What operators do with devices beside letting them in and shutting them out: finding them, binding keys, changing passwords.</summary>
/// <param name="store">The store.</param>
/// <param name="registry">Its registry.</param>
public sealed class DeviceOffice(Store store, StoredDeviceRegistry registry)
{
    private const int MaxPage = 1000;

    /// <summary>A page of devices in the order of their keys.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="afterKey">Key of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<IReadOnlyList<RegisteredDevice>> ListAsync(DeviceFilter filter, long afterKey, int limit, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            commands => DeviceRows.ReadAsync(commands, seal: null, filter.Condition(Math.Clamp(limit, 1, MaxPage)), filter.Values(afterKey)), cancellationToken);
        return [.. rows.Select(record => record.Device)];
    }

    /// <summary>Every secret of a device, for an export that its owner asked for.</summary>
    /// <param name="key">Key of the device's row.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ValueTask<IReadOnlyList<DeviceSecret>> SecretsAsync(long key, CancellationToken cancellationToken) =>
        store.ReadAsync(commands => DeviceSecretRows.ReadAsync(commands, registry.Seal, key), cancellationToken);

    /// <summary>Binds a certificate key to a device.</summary>
    public ValueTask<BindResult> BindAsync(DeviceId device, KeyToBind key, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            if (await DeviceRows.FindAsync(commands, seal: null, device) is not { Device: var known })
            {
                return BindResult.NoDevice;
            }

            if (known.BoundKeys.Contains(key.SpkiSha256, StringComparer.Ordinal))
            {
                return BindResult.Unchanged;
            }

            if (!await DeviceRows.BindAsync(commands, known.Key, key))
            {
                return BindResult.OfAnotherDevice;
            }

            commands.Announce(new StoreChange(StoreChange.Device, known.Key));
            return BindResult.Done;
        },
        cancellationToken);

    /// <summary>Takes a certificate key from a device: it proves nothing any more.</summary>
    public ValueTask<BindResult> UnbindAsync(DeviceId device, string spkiSha256, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            if (await DeviceRows.FindAsync(commands, seal: null, device) is not { Device: var known })
            {
                return BindResult.NoDevice;
            }

            const string unbind = "DELETE FROM device_key WHERE spki_sha256 = @key AND device_id = @id";
            if (await commands.ExecuteAsync(unbind, ("@key", spkiSha256), ("@id", known.Key)) == 0)
            {
                return BindResult.Unchanged;
            }

            commands.Announce(new StoreChange(StoreChange.Device, known.Key));
            return BindResult.Done;
        },
        cancellationToken);

    /// <summary>
    /// Gives a device another password. The old one is good until <paramref name="until"/>; one that is still on its way to the device is not any
    /// more, unless the device has acknowledged it: then it is the old one.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="password">The password.</param>
    /// <param name="basicOnly">Whether it is kept as a verifier for Basic alone.</param>
    /// <param name="weakness">Why it is weak, taken all the same; null when it is not.</param>
    /// <param name="until">Until when the old one is good.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    /// <returns>The row, or null when there is no such device.</returns>
    public ValueTask<RegisteredDevice?> RotateAsync(
        DeviceId device, string password, bool basicOnly, string? weakness, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            if (await DeviceRows.FindAsync(commands, seal: null, device) is not { Device: var known })
            {
                return null;
            }

            var plain = new StoredSecret.Password(Encoding.UTF8.GetBytes(password));
            var next = new DeviceCredential(null, basicOnly ? registry.Seal.Verifier(plain, known.Key) : plain);
            var change = new CredentialChange { Device = known.Key, At = now, Apply = state => Replaced(state, next, until, now) };
            var changed = await CredentialRows.ChangeAsync(commands, registry.Seal, change);
            await commands.ExecuteAsync(
                "UPDATE device_secret SET fingerprint = @print, weakness = @weakness WHERE device_id = @id AND purpose = @purpose",
                ("@print", registry.Seal.Fingerprint(plain)),
                ("@weakness", weakness),
                ("@id", known.Key),
                ("@purpose", SecretPurpose.Login));
            return changed?.Row.Device;
        },
        cancellationToken);

    /// <summary>Without a window the old password is gone at once, and so is what is known of it.</summary>
    private static RotatingCredential Replaced(RotatingCredential state, DeviceCredential next, DateTimeOffset until, DateTimeOffset now) =>
        until > now ? state.Replaced(next, until) : state.Replaced(next, until) with { Previous = null };
}

/// <summary>What came of binding or unbinding a key.</summary>
public enum BindResult
{
    /// <summary>There is no such device.</summary>
    NoDevice = 0,

    /// <summary>It is bound, or not bound any more.</summary>
    Done,

    /// <summary>It was so before.</summary>
    Unchanged,

    /// <summary>The key is bound to another device.</summary>
    OfAnotherDevice,
}
