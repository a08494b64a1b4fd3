using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The devices that the operator knows. Every member throws <see cref="RegistryUnavailableException"/> when the store cannot
/// be asked or written; then nothing was written. A lookup that finds nothing returns null: that is not an error.
/// </summary>
public interface IDeviceRegistry
{
    /// <summary>The device with exactly this DeviceId (OUI without case).</summary>
    ValueTask<DeviceRecord?> FindAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>The devices that <paramref name="name"/> fits, two at most: two mean that the name is ambiguous.</summary>
    ValueTask<IReadOnlyList<DeviceRecord>> FindByNameAsync(DeviceName name, CancellationToken cancellationToken);

    /// <summary>
    /// Whose an HTTP user is: the device whose row names it, else the devices that share it, else the one device that
    /// <paramref name="byPattern"/> names, if its row names no user of its own.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="byPattern">The device that the listener's pattern reads out of the user, null for none.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    ValueTask<UserRecord?> FindUserAsync(string user, DeviceName? byPattern, CancellationToken cancellationToken);

    /// <summary>The device that this certificate key (SHA-256 of SubjectPublicKeyInfo, lower-case hex) is bound to.</summary>
    ValueTask<DeviceRecord?> FindByKeyAsync(string spkiSha256, CancellationToken cancellationToken);

    /// <summary>Adds a device, all of it or nothing.</summary>
    ValueTask<AddResult> AddAsync(DeviceDraft draft, CancellationToken cancellationToken);

    /// <summary>Writes what an accepted Inform tells; the row after it, or null when the row is gone or its key went to another device.</summary>
    ValueTask<RegisteredDevice?> RecordAsync(Sighting sighting, CancellationToken cancellationToken);

    /// <summary>Changes a device's status; the row after it, or null when there is no such device or its status may not change so.</summary>
    ValueTask<RegisteredDevice?> ChangeStatusAsync(DeviceId device, StatusChange change, CancellationToken cancellationToken);

    /// <summary>Makes one event in the life of a device's credential durable; null when the device is gone.</summary>
    ValueTask<CredentialResult?> ChangeCredentialAsync(CredentialChange change, CancellationToken cancellationToken);

    /// <summary>Whether a password is another device's too, in whatever state; only those count that can be read.</summary>
    ValueTask<bool> IsReusedAsync(StoredSecret.Password password, long device, CancellationToken cancellationToken);

    /// <summary>Every state of one credential of a device.</summary>
    ValueTask<RotatingCredential> CredentialAsync(long device, CredentialPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Notes when a FactoryReset went to a device, null to forget it; false when the device is gone.</summary>
    ValueTask<bool> RememberResetAsync(long device, DateTimeOffset? at, CancellationToken cancellationToken);

    /// <summary>Lowers the strength that a device must prove; the row afterwards, null when there is no such device.</summary>
    ValueTask<RegisteredDevice?> LowerStrengthAsync(DeviceId device, IdentityStrength strength, CancellationToken cancellationToken);

    /// <summary>Removes a device with its secrets and bound keys; false when there is none.</summary>
    ValueTask<bool> RemoveAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>A page of devices in the order of their keys.</summary>
    /// <param name="afterKey">Key of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="group">Only devices of this group; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    ValueTask<IReadOnlyList<RegisteredDevice>> ListAsync(long afterKey, int limit, string? group, CancellationToken cancellationToken);
}

/// <summary>A registry row with the secret that its device logs in with.</summary>
/// <param name="Device">The row.</param>
/// <param name="Secret">The login secret, null when none is stored.</param>
public sealed record DeviceRecord(RegisteredDevice Device, StoredSecret? Secret)
{
    /// <summary>Every login secret in whatever state; <see cref="Secret"/> is the current one.</summary>
    public RotatingCredential Login { get; init; } =
        Secret is null ? RotatingCredential.None : new RotatingCredential { Current = new DeviceCredential(null, Secret) };
}

/// <summary>Whose an HTTP user is: one device's, or shared. One of the two is null.</summary>
/// <param name="Owner">The device whose own user it is.</param>
/// <param name="SharedSecret">The secret of a user that several devices share.</param>
public sealed record UserRecord(DeviceRecord? Owner, StoredSecret? SharedSecret);
