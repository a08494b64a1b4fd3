namespace CwmpShield.Core.Identity.Rotation;

/// <summary>
/// Whether an Inform puts its device into the bootstrap lane. Nobody comes back into it by saying so: an active device needs its bound
/// certificate, a factory reset that this gateway let pass, or an operator's release.
/// </summary>
public static class LaneGate
{
    /// <summary>How long an allowed FactoryReset is believed: a device may be switched off in between.</summary>
    public static readonly TimeSpan ResetMemory = TimeSpan.FromDays(7);

    /// <summary>The event of a device that starts with what the factory gave it.</summary>
    public const string BootstrapEvent = "0 BOOTSTRAP";

    /// <summary>What becomes of an Inform.</summary>
    /// <param name="row">The device.</param>
    /// <param name="proven">What its connection has proven.</param>
    /// <param name="events">EventCodes of the Inform.</param>
    /// <param name="now">The time.</param>
    public static LanePassage Judge(RegisteredDevice row, ProvenIdentity proven, IReadOnlyList<string> events, DateTimeOffset now)
    {
        // A device's own credential never leads into the lane: it may inform with 0 BOOTSTRAP because its ACS has changed (TR-069 3.7.1.5).
        if (!proven.IsFactory)
        {
            return new LanePassage.Stays();
        }

        if (row.Status == DeviceStatus.Bootstrap)
        {
            return new LanePassage.Stays();
        }

        var isBootstrap = events.Any(code => string.Equals(code.Trim(), BootstrapEvent, StringComparison.OrdinalIgnoreCase));
        if (row.Status != DeviceStatus.Active || !isBootstrap)
        {
            return new LanePassage.Refused(IdentityReason.FactoryCredential);
        }

        var isBound = proven is { IsUniqueCertificate: true, Certificate: { } certificate } && row.BoundKeys.Contains(certificate.SpkiSha256, StringComparer.Ordinal);
        return isBound ? new LanePassage.Enters("bound certificate")
            : WasReset(row, now) ? new LanePassage.Enters("factory reset that was let pass")
            : new LanePassage.Refused(IdentityReason.BootstrapForged);
    }

    private static bool WasReset(RegisteredDevice row, DateTimeOffset now) => row.FactoryResetAt is { } at && now - at < ResetMemory;
}

/// <summary>What becomes of an Inform at the bootstrap lane. Closed: the default of every switch over it is refusal.</summary>
public abstract record LanePassage
{
    private LanePassage()
    {
    }

    /// <summary>The device keeps its status.</summary>
    public sealed record Stays : LanePassage;

    /// <summary>The device is in the lane from now on.</summary>
    /// <param name="Ground">What lets it in, in words.</param>
    public sealed record Enters(string Ground) : LanePassage;

    /// <summary>The Inform is refused.</summary>
    /// <param name="Reason">An <see cref="IdentityReason"/>.</param>
    public sealed record Refused(string Reason) : LanePassage;
}
