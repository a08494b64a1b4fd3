namespace CwmpShield.Gateway.Drifting;

/// <summary>What an allowed order left a device with, and how the device differs. Values are hashes; where they may be shown, they stand beside them.</summary>
internal sealed record Expectation
{
    /// <summary><see cref="Form"/> of an object that was added.</summary>
    public const string Present = "present";

    /// <summary><see cref="Form"/> of an object that was deleted.</summary>
    public const string Absent = "absent";

    /// <summary><see cref="Form"/> of <see cref="VersionName"/>.</summary>
    public const string Version = "version";

    /// <summary>Name of the expected software version; no parameter has a name without dots.</summary>
    public const string VersionName = "SoftwareVersion";

    /// <summary>Parameter, or object with its dot at the end.</summary>
    public required string Name { get; init; }

    /// <summary>Type that the value was ordered as; empty for none.</summary>
    public required string Form { get; init; }

    /// <summary>Keyed hash of the value in its canonical spelling.</summary>
    public string Same { get; init; } = "";

    /// <summary>Keyed hash of the value as it was written: the one of the order's record.</summary>
    public string Mac { get; init; } = "";

    /// <summary>The value where it may be shown.</summary>
    public string? Shown { get; init; }

    /// <summary>Session in which the value is accepted but not in force yet; empty for none.</summary>
    public string Pending { get; init; } = "";

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>Kind of its drift; empty where the device fits.</summary>
    public string Drift { get; init; } = "";

    /// <summary>Keyed hash of what the device reports.</summary>
    public string ObservedMac { get; init; } = "";

    /// <summary>What the device reports, where it may be shown.</summary>
    public string? ObservedShown { get; init; }

    /// <summary>When the drift was found.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it was seen last, to the hour.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Form is Present or Absent;

    /// <summary>The same, without a drift.</summary>
    public Expectation Fitting() => this with { Drift = "", ObservedMac = "", ObservedShown = null, Since = null, Seen = null };
}
