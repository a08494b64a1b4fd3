using CwmpShield.Gateway.Drifting;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Devices that report something else than they were ordered.</summary>
internal sealed class DriftModel(DriftStore store) : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>Number of the last row of the page before.</summary>
    public long After { get; private set; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<OpenDrift> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync(long after = 0)
    {
        if (after < 0)
        {
            return BadRequest();
        }

        After = after;
        var found = await store.ListAsync(null, after, PageSize + 1, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        return Page();
    }
}
