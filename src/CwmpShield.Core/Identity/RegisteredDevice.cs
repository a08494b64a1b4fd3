using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity;

/// <summary>One device of the registry, without its secrets.</summary>
public sealed record RegisteredDevice
{
    /// <summary>Row number; stable, never reused.</summary>
    public long Key { get; init; }

    /// <summary>Who it is.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Its HTTP user where it does not follow the listener's pattern; null follows the pattern.</summary>
    public string? HttpUser { get; init; }

    /// <summary>The HTTP user that it shares with other devices, null for none. It proves the fleet, not the device.</summary>
    public string? SharedUser { get; init; }

    /// <summary>Until when it may log in with <see cref="SharedUser"/> alone; null for never.</summary>
    public DateTimeOffset? MigrationUntil { get; init; }

    /// <summary>Whether it may log in.</summary>
    public DeviceStatus Status { get; init; } = DeviceStatus.Active;

    /// <summary>Why it has this status: the operator's words, or the rule's id; empty while nobody has changed it.</summary>
    public string StatusReason { get; init; } = "";

    /// <summary>Since when it has this status, null while nobody has changed it.</summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>SHA-256 of the bound certificate keys, lower-case hex; empty before the first is bound.</summary>
    public IReadOnlyList<string> BoundKeys { get; init; } = [];

    /// <summary>Start of validity of the latest certificate among the bound keys, null when none is bound: a renewal is later.</summary>
    public DateTimeOffset? LatestKeyFrom { get; init; }

    /// <summary>The least strength it must prove; never lower than what it has proven before.</summary>
    public IdentityStrength RequiredStrength { get; init; }

    /// <summary>When the last FactoryReset that the gateway let pass went to it, null when none did or its bootstrap has come.</summary>
    public DateTimeOffset? FactoryResetAt { get; init; }

    /// <summary>Groups (tags) for rules.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Model name as registered or last informed; empty when unknown.</summary>
    public string Model { get; init; } = "";

    /// <summary>Software version as last informed; empty when never.</summary>
    public string SoftwareVersion { get; init; } = "";

    /// <summary>Highest software version that it ever informed; empty when never.</summary>
    public string HighestSoftwareVersion { get; init; } = "";

    /// <summary>Whether a password is stored for it.</summary>
    public bool HasSecret { get; init; }

    /// <summary>First Inform, null when never.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Last Inform, null when never.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The address that it came from then; empty when never.</summary>
    public string LastSource { get; init; } = "";
}

/// <summary>Whether a device may log in.</summary>
public enum DeviceStatus
{
    /// <summary>It may not.</summary>
    Disabled = 0,

    /// <summary>It may.</summary>
    Active,

    /// <summary>It may log in, Inform, and nothing more.</summary>
    Quarantined,

    /// <summary>It logs in with factory credentials and may do what the bootstrap lane allows.</summary>
    Bootstrap,
}
