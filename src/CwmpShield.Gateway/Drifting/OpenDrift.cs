using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Drifting;

/// <summary>A device that reports something else than it was ordered, as it stands now.</summary>
/// <param name="Number">Its number; later ones are greater.</param>
/// <param name="Device">The device.</param>
/// <param name="Name">Parameter, object, or <c>SoftwareVersion</c>.</param>
/// <param name="Kind">A word of <see cref="DriftKind"/>.</param>
/// <param name="Expected">What was ordered, null where it may not be shown.</param>
/// <param name="ExpectedMac">Keyed hash of it, as in the order's record.</param>
/// <param name="Observed">What the device reports, null where it may not be shown.</param>
/// <param name="ObservedMac">Keyed hash of it.</param>
/// <param name="OrderedAt">When it was ordered.</param>
/// <param name="Since">When the difference was found.</param>
/// <param name="Seen">When it was seen last, to the hour.</param>
public sealed record OpenDrift(
    long Number,
    DeviceId Device,
    string Name,
    string Kind,
    string? Expected,
    string ExpectedMac,
    string? Observed,
    string ObservedMac,
    DateTimeOffset OrderedAt,
    DateTimeOffset Since,
    DateTimeOffset Seen);
