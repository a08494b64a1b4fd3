using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Identity;

/// <summary>Settles, before any body is read, who a request speaks for: certificate, HTTP credential and registry row must agree.</summary>
public sealed class DeviceAuthenticator(IDeviceRegistry registry, TimeProvider time)
{
    /// <summary>Proves the identity of one request.</summary>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        _ = (registry, time, request, cancellationToken);
        return ValueTask.FromResult<AuthenticationOutcome>(new AuthenticationOutcome.Unavailable(IdentityReason.RegistryUnavailable));
    }
}
