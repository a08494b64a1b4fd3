namespace CwmpShield.Gateway.Inspection;

/// <summary>Stable words for what the inspection stage refuses of its own.</summary>
public static class InspectionReason
{
    /// <summary>A session cookie that belongs to another identity, or was proven more strongly.</summary>
    public const string CookieForeign = "cookie-foreign";

    /// <summary>An Inform of another device on a connection whose session is in progress.</summary>
    public const string DeviceChanged = "device-changed";

    /// <summary>The device has a session that proved more than this Inform does.</summary>
    public const string IdentityWeaker = "identity-weaker";

    /// <summary>The device's last session is still being ended at the ACS.</summary>
    public const string SessionEnding = "session-ending";

    /// <summary>No room for another session.</summary>
    public const string SessionsFull = "sessions-full";

    /// <summary>More sessions begin in this second than may (<c>Admission:SessionsPerSecond</c>).</summary>
    public const string SessionsTooFast = "sessions-too-fast";

    /// <summary>The gateway is about to stop: sessions in progress go on, and none begins.</summary>
    public const string GatewayStopping = "gateway-stopping";

    /// <summary>The device is in quarantine: it may Inform and nothing more.</summary>
    public const string DeviceQuarantined = "device-quarantined";

    /// <summary>A held order that could not be written down: it is refused, and no operator sees it.</summary>
    public const string HeldUnrecorded = "held-unrecorded";

    /// <summary>The device's own message falls under a quarantine rule: the session ends, and the device may only Inform from now on.</summary>
    public const string QuarantineBegins = "quarantine-begins";

    /// <summary>An operator has taken the device out of service during its session.</summary>
    public const string DeviceWithdrawn = "device-withdrawn";
}
