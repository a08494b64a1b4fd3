namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Which rules and devices the records of a search are about, counted over the newest of them.</summary>
/// <param name="Counted">Records that were counted.</param>
/// <param name="IsAll">Whether these are all that fit.</param>
/// <param name="Rules">Rules with their records, most first; an empty id stands for records without a rule.</param>
/// <param name="Devices">Devices with their records, most first; an empty name stands for records without a device.</param>
internal sealed record RecordCounts(long Counted, bool IsAll, IReadOnlyList<(string Name, long Count)> Rules, IReadOnlyList<(string Name, long Count)> Devices);
