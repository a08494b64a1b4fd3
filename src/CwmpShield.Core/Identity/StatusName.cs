namespace CwmpShield.Core.Identity;

/// <summary>Stable words for a device's status: the same in rules, in the store, on the command line and in JSON.</summary>
public static class StatusName
{
    private static readonly (DeviceStatus Status, string Word)[] Statuses =
    [
        (DeviceStatus.Disabled, "disabled"),
        (DeviceStatus.Active, "active"),
        (DeviceStatus.Quarantined, "quarantined"),
        (DeviceStatus.Bootstrap, "bootstrap"),
    ];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Statuses.Select(pair => pair.Word)];

    /// <summary>The word of a status.</summary>
    public static string Of(DeviceStatus status) => Statuses.First(pair => pair.Status == status).Word;

    /// <summary>The status of a word; an unknown word is disabled.</summary>
    public static DeviceStatus Read(string word) =>
        Statuses.FirstOrDefault(pair => string.Equals(pair.Word, word, StringComparison.Ordinal)).Status;

    /// <summary>Whether <paramref name="word"/> is the word of a status.</summary>
    public static bool TryParse(string word, out DeviceStatus status)
    {
        status = Read(word);
        return All.Contains(word, StringComparer.Ordinal);
    }
}
