using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Which rule sets were in force since when, on which node, by the ledger.</summary>
internal sealed class RuleHistoryModel(LedgerSearch search, RuleSetHolder holder) : ConsolePage
{
    private const int MaxRows = 200;

    /// <summary>The records, newest first.</summary>
    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];

    /// <summary>SHA-256 of the set in force.</summary>
    public string InForce => holder.Current.Hash;

    /// <summary>Whether a record tells of a set that was not taken.</summary>
    public static bool WasKept(AuditRecord record) => record.Action == ChangeAudit.Kept;

    /// <summary>Reads them.</summary>
    public async Task OnGetAsync() => Rows = await search.FindAsync(new LedgerQuery { Kinds = [AuditKind.RulesChanged], Limit = MaxRows }, Gone);
}
