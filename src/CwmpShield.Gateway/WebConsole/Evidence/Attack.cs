using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Refusals of one day that are alike: the same device, message and cause.</summary>
/// <param name="Device">The device; empty where nobody has proven one.</param>
/// <param name="Kind">What was refused.</param>
/// <param name="Message">Name of the message; empty for a log-in or what could not be read.</param>
/// <param name="Rule">First rule that held; empty where none did.</param>
/// <param name="Reason">First reason.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Source">Address, one of them where there are several.</param>
/// <param name="Sources">How many addresses.</param>
/// <param name="Count">How often.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
internal sealed record Attack(
    string Device, AuditKind Kind, string Message, string Rule, string Reason, string Verdict, string Source, long Sources, long Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>The last of these records; null where it was pruned meanwhile.</summary>
    public LedgerRow? Example { get; init; }
}
