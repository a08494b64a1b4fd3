using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Credentials;

/// <summary>Finds what is wrong with the credentials that an order gives a device, so that rules can ask for it.</summary>
internal sealed class CredentialScan(IDeviceRegistry registry)
{
    /// <summary>The flaws of an order; none for one that sets no credentials. Where the store cannot be asked the order's participant refuses it.</summary>
    public async ValueTask<CredentialFlaw> FindAsync(DeviceSession session, CwmpMessage order)
    {
        if (OrderedCredentials.Read(order) is not { } asked)
        {
            return CredentialFlaw.None;
        }

        try
        {
            return await FindAsync(session, asked.Login, isLogin: true) | await FindAsync(session, asked.ConnectionRequest, isLogin: false);
        }
        catch (RegistryUnavailableException)
        {
            return CredentialFlaw.None;
        }
    }

    private async ValueTask<CredentialFlaw> FindAsync(DeviceSession session, OrderedCredential? asked, bool isLogin)
    {
        var flaws = CredentialFlaw.None;
        if (asked?.Password is { } password)
        {
            var device = session.Device;
            flaws |= WeakSecret.Find(Encoding.UTF8.GetString(password.Utf8.Span), device.Device, asked.User ?? device.HttpUser) is null ? flaws : CredentialFlaw.Weak;
            flaws |= await registry.IsReusedAsync(password, device.Key, CancellationToken.None) ? CredentialFlaw.Reused : flaws;
        }

        if (isLogin && asked?.User is { } user && await IsTakenAsync(session, user))
        {
            flaws |= CredentialFlaw.UserTaken;
        }

        return flaws;
    }

    private async ValueTask<bool> IsTakenAsync(DeviceSession session, string user)
    {
        var byPattern = NamePattern.TryParse(session.Listener.Identity.UserPattern, out var pattern, out _) ? pattern!.Match(user) : null;
        return await registry.FindUserAsync(user, byPattern, CancellationToken.None) is { } known && known.Owner?.Device.Key != session.Device.Key;
    }
}
