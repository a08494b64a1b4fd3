using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>What an accepted Inform tells the registry of a device.</summary>
public sealed record Sighting
{
    /// <summary>The row.</summary>
    public required long Key { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The strength that it proved; the row's required strength rises to it and never falls.</summary>
    public required IdentityStrength Strength { get; init; }

    /// <summary>The address that it came from, null to keep what is known.</summary>
    public string? Source { get; init; }

    /// <summary>Software version as informed, null to keep what is known.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Model name as informed, null to keep what is known.</summary>
    public string? Model { get; init; }

    /// <summary>A certificate key that becomes the device's, null for none.</summary>
    public KeyToBind? NewKey { get; init; }
}
