using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Identity;

/// <summary>What came of holding an Inform against who its connection has proven to be. Closed: the default of every switch is refusal.</summary>
public abstract record BindingOutcome
{
    private BindingOutcome()
    {
    }

    /// <summary>Certificate, credential, Inform and registry name this device.</summary>
    /// <param name="Device">The registry row after this sighting; <see cref="RegisteredDevice.Key"/> is 0 for an unknown device in observe mode.</param>
    /// <param name="Strength">How strongly it has proven itself; none in observe mode.</param>
    public sealed record Bound(RegisteredDevice Device, IdentityStrength Strength) : BindingOutcome
    {
        /// <summary>Observe mode: the reason that enforce would have refused for; null when it would not have.</summary>
        public string? WouldRefuse { get; init; }
    }

    /// <summary>403: they do not name one device that may log in.</summary>
    /// <param name="Reason">Stable reason id, see <see cref="IdentityReason"/>.</param>
    public sealed record Refused(string Reason) : BindingOutcome;

    /// <summary>503 with Retry-After: too many came before it.</summary>
    /// <param name="Reason">Stable reason id, see <see cref="Core.Identity.Limits.LimitReason"/>.</param>
    /// <param name="Wait">How long until it would be looked at.</param>
    public sealed record Throttled(string Reason, TimeSpan Wait) : BindingOutcome;

    /// <summary>503 with Retry-After: the registry could not be asked or written; nothing was written.</summary>
    /// <param name="Reason">Stable reason id.</param>
    public sealed record Unavailable(string Reason) : BindingOutcome;
}
