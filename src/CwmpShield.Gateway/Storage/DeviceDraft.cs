using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>A device to be added to the registry.</summary>
public sealed record DeviceDraft
{
    /// <summary>Who it is.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Its own HTTP user, null to follow the listener's pattern.</summary>
    public string? HttpUser { get; init; }

    /// <summary>The HTTP user that it shares with others, null for none.</summary>
    public string? SharedUser { get; init; }

    /// <summary>Password of <see cref="SharedUser"/>, needed when that user is new; given for a known one it must be the same.</summary>
    public StoredSecret.Password? SharedSecret { get; init; }

    /// <summary>Until when it may log in with the shared user alone, null for never.</summary>
    public DateTimeOffset? MigrationUntil { get; init; }

    /// <summary>Whether it may log in. The default value is active.</summary>
    public DeviceStatus Status { get; init; } = DeviceStatus.Active;

    /// <summary>The secret that it logs in with, null for none.</summary>
    public StoredSecret? Secret { get; init; }

    /// <summary>Whether the password is kept as a verifier for Basic alone, which nobody can read back.</summary>
    public bool BasicOnly { get; init; }

    /// <summary>Why the password is weak, taken all the same; null when it is not.</summary>
    public string? Weakness { get; init; }

    /// <summary>When it is added, null when that is not to be noted.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>A certificate key to bind at once, null to bind the first that is shown.</summary>
    public KeyToBind? Key { get; init; }

    /// <summary>The least strength it must prove. The default value is none.</summary>
    public IdentityStrength RequiredStrength { get; init; }

    /// <summary>Groups (tags) for rules.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Model name, empty when unknown.</summary>
    public string Model { get; init; } = "";

    /// <summary>Software version, empty when unknown.</summary>
    public string SoftwareVersion { get; init; } = "";

    /// <summary>When it was seen, for a device that enrols itself; null otherwise.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The address that it was seen from then, null when that is not known.</summary>
    public string? Source { get; init; }
}

/// <summary>A certificate key that becomes a device's.</summary>
/// <param name="SpkiSha256">SHA-256 of SubjectPublicKeyInfo, lower-case hex.</param>
/// <param name="NotBefore">Start of the certificate's validity: a renewal is later.</param>
/// <param name="NotAfter">End of the certificate's validity.</param>
public sealed record KeyToBind(string SpkiSha256, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>What came of adding a device.</summary>
/// <param name="Status">Added, or why not.</param>
/// <param name="Device">The new row when added, else null.</param>
public sealed record AddResult(AddStatus Status, RegisteredDevice? Device);

/// <summary>Added, or why not.</summary>
public enum AddStatus
{
    /// <summary>A device with this DeviceId exists.</summary>
    DeviceExists = 0,

    /// <summary>It is in the registry now.</summary>
    Added,

    /// <summary>The HTTP user belongs to another device, or is a shared one.</summary>
    UserTaken,

    /// <summary>The shared user is not known and no password was given for it.</summary>
    SharedUserUnknown,

    /// <summary>The shared user has another password.</summary>
    SharedSecretDiffers,

    /// <summary>The certificate key is bound to another device.</summary>
    KeyTaken,
}
