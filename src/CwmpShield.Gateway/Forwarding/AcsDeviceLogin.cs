using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// What an ACS that checks devices itself may know a session's device by, in the order in which it is tried: what the device has acknowledged
/// (else its own), what is pending, what was before, what the factory gave it.
/// </summary>
internal sealed class AcsDeviceLogin(IDeviceRegistry registry, TimeProvider time)
{
    /// <summary>Users and secrets, each once; none where the registry has none.</summary>
    /// <exception cref="RegistryUnavailableException">The registry could not be asked.</exception>
    public async ValueTask<IReadOnlyList<AcsAccount>> AccountsAsync(DeviceSession session)
    {
        if (await registry.FindAsync(session.Device.Device, CancellationToken.None) is not { } record)
        {
            return [];
        }

        var ownUser = record.Device.HttpUser ?? FromPattern(session);
        List<AcsAccount> accounts = [.. record.Login.Believed(time.GetUtcNow()).Select(one => AccountOf(one, ownUser)).OfType<AcsAccount>()];
        if (session.Proven.IsFactory && record.Login.Factory is { } factory && AccountOf(factory, ownUser) is { } first)
        {
            accounts.Add(first);
        }

        // A fleet on its way from one user for all: its ACS still knows the device by that.
        if (accounts.Count == 0 && record.Device.SharedUser is { } shared
            && await registry.FindUserAsync(shared, null, CancellationToken.None) is { SharedSecret: { } secret })
        {
            accounts.Add(new AcsAccount(shared, secret));
        }

        return accounts;
    }

    private static AcsAccount? AccountOf(DeviceCredential credential, string ownUser) =>
        credential.Secret is { } secret ? new AcsAccount(credential.User ?? ownUser, secret) : null;

    private static string FromPattern(DeviceSession session) =>
        NamePattern.TryParse(session.Listener.Identity.UserPattern, out var pattern, out _) ? pattern!.Format(session.Device.Device) : "";
}
