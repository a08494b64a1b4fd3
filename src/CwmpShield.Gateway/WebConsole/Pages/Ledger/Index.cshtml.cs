using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Every record, page by page. What operators did is shown to operators and auditors.</summary>
internal sealed class LedgerModel(LedgerSearch search, TimeProvider time) : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>What was asked for.</summary>
    public RecordFilter Filter { get; private set; } = null!;

    /// <summary>The rows.</summary>
    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether what operators did is shown.</summary>
    public bool SeesOperators => RecordSight.SeesOperators(Session);

    /// <summary>The kinds that may be asked for.</summary>
    public IEnumerable<AuditKind> Kinds => (SeesOperators ? Enum.GetValues<AuditKind>() : RecordSight.Common).Where(kind => kind != AuditKind.Unknown);

    /// <summary>Midnight UTC.</summary>
    public DateTimeOffset Today => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (RecordFilter.Read("/ledger", Request.Query, null) is not { } filter)
        {
            return BadRequest();
        }

        Filter = filter;
        var query = RecordSight.Narrow(Session, filter.Query(refusedOnly: false, PageSize + 1));
        if (filter["kind"].Length > 0 && query.Kinds.Count == 0)
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status403Forbidden);
        }

        var found = await search.FindAsync(query, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        return Page();
    }
}
