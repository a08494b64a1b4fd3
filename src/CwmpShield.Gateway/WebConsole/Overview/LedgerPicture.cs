using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>Figures of the ledger over some time.</summary>
/// <param name="Hours">What was judged, hour by hour.</param>
/// <param name="Rules">Rules by refusals, most first.</param>
/// <param name="Models">Models by refusals, most first.</param>
/// <param name="Sources">Addresses by refusals, among the newest refusals.</param>
/// <param name="RulesChange">The last record of rules that changed; null for none.</param>
/// <param name="Unsigned">Chains with records that no checkpoint covers yet.</param>
internal sealed record LedgerPicture(
    IReadOnlyList<HourCount> Hours,
    IReadOnlyList<(string Name, long Count)> Rules,
    IReadOnlyList<(string Name, long Count)> Models,
    IReadOnlyList<(string Name, long Count)> Sources,
    LedgerRow? RulesChange,
    IReadOnlyList<UnsignedChain> Unsigned);

/// <summary>How many records of one kind and verdict an hour has.</summary>
/// <param name="Hour">Beginning of the hour.</param>
/// <param name="Kind">Kind of record.</param>
/// <param name="Verdict">The verdict, in the ledger's word.</param>
/// <param name="Count">How many events.</param>
internal sealed record HourCount(DateTimeOffset Hour, AuditKind Kind, string Verdict, long Count);

/// <summary>A chain with records that no checkpoint covers yet.</summary>
/// <param name="Node">Its node.</param>
/// <param name="SignedAt">When its last checkpoint was signed; null for never.</param>
/// <param name="Since">When the first record behind that came.</param>
internal sealed record UnsignedChain(string Node, DateTimeOffset? SignedAt, DateTimeOffset Since);
