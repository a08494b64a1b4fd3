namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>The refusals of one day.</summary>
/// <param name="Attacks">Refusals that are alike, most first.</param>
/// <param name="Kinds">How many groups there are; more than <paramref name="Attacks"/> where only the largest are shown.</param>
/// <param name="Devices">How many devices they were aimed at.</param>
/// <param name="Refusals">How many refusals.</param>
/// <param name="IsAll">Whether all refusals of the day were counted, not only the newest.</param>
/// <param name="Summarised">Refusals of strangers that were counted without a record each.</param>
internal sealed record AttackDay(IReadOnlyList<Attack> Attacks, long Kinds, long Devices, long Refusals, bool IsAll, long Summarised);
