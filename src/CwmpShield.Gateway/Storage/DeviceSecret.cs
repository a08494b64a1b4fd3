using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>One secret of a device as it is stored. Printing one does not show it.</summary>
/// <param name="Purpose">What it is for, one of <see cref="SecretPurpose"/>.</param>
/// <param name="Secret">The secret.</param>
public sealed record DeviceSecret(string Purpose, StoredSecret Secret)
{
    /// <summary>The HTTP user that goes with it; null for the device's own, as its row or the listener's pattern has it.</summary>
    public string? User { get; init; }

    /// <summary>Since when it is stored; null for one that was stored before that was noted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Until when it is good, null for as long as it is there.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why it was known to be weak when it was taken, null when it was not.</summary>
    public string? Weakness { get; init; }

    /// <summary>Whether a password is kept as a verifier for Basic alone; it cannot be read back then.</summary>
    public bool BasicOnly { get; init; }
}
