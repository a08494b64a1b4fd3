using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>What was refused: search, counts, and the records page by page.</summary>
internal sealed class RefusalsModel(LedgerSearch search, EvidenceStore evidence, TimeProvider time) : ConsolePage
{
    private const int PageSize = 50;
    private const int Days = 7;

    /// <summary>What was asked for.</summary>
    public RecordFilter Filter { get; private set; } = null!;

    /// <summary>The rows.</summary>
    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Rules and devices of all that fits.</summary>
    public RecordCounts Counts { get; private set; } = null!;

    /// <summary>Times that one often asks for: what they are called, and their pages.</summary>
    public IReadOnlyList<(string Name, string Url, bool IsShown)> Times { get; private set; } = [];

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        if (RecordFilter.Read("/refusals", Request.Query, today.AddDays(1 - Days)) is not { } filter)
        {
            return BadRequest();
        }

        Filter = filter;
        Times =
        [
            Named("Today", today, null),
            Named("Yesterday", today.AddDays(-1), today),
            Named($"{Days} days", today.AddDays(1 - Days), null),
            Named("30 days", today.AddDays(-29), null),
        ];

        // One more than is shown tells whether there is a next page.
        var query = filter.Query(refusedOnly: true, PageSize + 1);
        var found = await search.FindAsync(query, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        Counts = await evidence.CountAsync(query, Gone);
        return Page();
    }

    private (string Name, string Url, bool IsShown) Named(string name, DateTimeOffset from, DateTimeOffset? to) =>
        (name, Filter.Url(from, to), Filter.From == from && Filter.To == to);
}
