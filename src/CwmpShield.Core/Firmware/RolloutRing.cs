using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware;

/// <summary>
/// Whom an artefact reaches first, and when it may go on. A device is in the ring when it is in one of <see cref="Groups"/> or among
/// <see cref="Percent"/> of all devices; once <see cref="Successes"/> devices have reported success the ring is open to every device of the models.
/// A failure share above <see cref="MaxFailurePercent"/> stops the rollout until an operator resumes it.
/// </summary>
public sealed record RolloutRing
{
    /// <summary>Name of the ring (kebab-case); only for people.</summary>
    public required string Name { get; init; }

    /// <summary>Share of devices that the ring takes, 0 to 100; which ones follows from device and artefact, so that it is always the same.</summary>
    public int Percent { get; init; }

    /// <summary>Groups (tags) of the registry whose devices are in the ring.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Devices that must have reported success before the artefact goes to every device; 0 keeps it to the ring.</summary>
    public int Successes { get; init; }

    /// <summary>Share of failures, 0 to 100, above which the rollout stops. The default value is 10.</summary>
    public int MaxFailurePercent { get; init; } = 10;
}
