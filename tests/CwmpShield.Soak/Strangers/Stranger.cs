namespace CwmpShield.Soak.Strangers;

/// <summary>Somebody who wants the gateway down.</summary>
/// <param name="Name">What he does, in a word.</param>
/// <param name="Limits">What is meant to hold him: keys of the configuration, or how it is built.</param>
/// <param name="Reasons">Of these words of the metrics at least one must have been counted.</param>
/// <param name="IsHandshake">Whether it happens in the handshake, where honest devices may wait longer.</param>
/// <param name="RunAsync">Does it until it is cancelled.</param>
internal sealed record Stranger(string Name, string Limits, IReadOnlyList<string> Reasons, bool IsHandshake, Func<Field, CancellationToken, Task> RunAsync)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Stranger> All { get; } =
    [
        .. ConnectionStrangers.All, .. SlowStrangers.All, .. HttpStrangers.All, .. BodyStrangers.All, .. LoginStrangers.All,
    ];
}
