namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>The refusals of one day.</summary>
/// <param name="Attacks">Refusals that are alike, most first.</param>
/// <param name="HasMore">Whether there are more groups than these.</param>
/// <param name="Devices">How many devices they were aimed at.</param>
/// <param name="Refusals">How many refusals.</param>
/// <param name="Strangers">How many of them, of those who proved no device.</param>
/// <param name="IsAll">Whether all refusals of the day were counted, not only the newest.</param>
/// <param name="Summarised">Refusals of strangers that were counted without a record each.</param>
internal sealed record AttackDay(IReadOnlyList<Attack> Attacks, bool HasMore, long Devices, long Refusals, long Strangers, bool IsAll, long Summarised);
