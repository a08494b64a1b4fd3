using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>Stable words for what a registry row holds: the same in the store, on the command line and in JSON.</summary>
public static class DeviceWords
{
    private static readonly (DeviceStatus Status, string Word)[] Statuses =
    [
        (DeviceStatus.Disabled, "disabled"),
        (DeviceStatus.Active, "active"),
        (DeviceStatus.Quarantined, "quarantined"),
        (DeviceStatus.Bootstrap, "bootstrap"),
    ];

    private static readonly (IdentityStrength Strength, string Word)[] Strengths =
    [
        (IdentityStrength.None, "none"),
        (IdentityStrength.DigestWithoutTls, "digest-without-tls"),
        (IdentityStrength.PasswordOverTls, "password-over-tls"),
        (IdentityStrength.SharedCertificateAndPassword, "shared-certificate-and-password"),
        (IdentityStrength.UniqueCertificate, "unique-certificate"),
    ];

    /// <summary>The words of every strength, weakest first.</summary>
    public static IReadOnlyList<string> StrengthWords { get; } = [.. Strengths.Select(pair => pair.Word)];

    /// <summary>The word of a status.</summary>
    public static string Of(DeviceStatus status) => Statuses.First(pair => pair.Status == status).Word;

    /// <summary>The word of a strength.</summary>
    public static string Of(IdentityStrength strength) => Strengths.First(pair => pair.Strength == strength).Word;

    /// <summary>The status of a word; an unknown word is disabled.</summary>
    public static DeviceStatus Status(string word) =>
        Statuses.FirstOrDefault(pair => string.Equals(pair.Word, word, StringComparison.Ordinal)).Status;

    /// <summary>The strength of a word; false when it is none.</summary>
    public static bool TryStrength(string word, out IdentityStrength strength)
    {
        var index = Array.FindIndex(Strengths, pair => string.Equals(pair.Word, word, StringComparison.Ordinal));
        strength = index < 0 ? IdentityStrength.UniqueCertificate : Strengths[index].Strength;
        return index >= 0;
    }
}
