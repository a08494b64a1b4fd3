using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.WebConsole.Evidence;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>What operators did, at the console and at the command line.</summary>
[ConsoleAccess(ConsoleAudience.Auditors)]
internal sealed class OperatorsModel(LedgerSearch search) : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>What was asked for.</summary>
    public RecordFilter Filter { get; private set; } = null!;

    /// <summary>The rows.</summary>
    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (RecordFilter.Read("/ledger/operators", Request.Query, null) is not { } filter)
        {
            return BadRequest();
        }

        Filter = filter;
        var found = await search.FindAsync(filter.Query(refusedOnly: false, PageSize + 1) with { Kinds = [AuditKind.OperatorAction, AuditKind.BreakGlass, AuditKind.Pruned] }, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        return Page();
    }
}
