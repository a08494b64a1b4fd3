using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Orders that wait for an operator's decision, and those that were decided.</summary>
internal sealed class HeldModel(HeldOrderStore store, TimeProvider time) : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>Number of the last row of the page before.</summary>
    public long After { get; private set; }

    /// <summary>Whether decided ones are shown, too.</summary>
    public bool All { get; private set; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<HeldOrder> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync(long after = 0, bool all = false)
    {
        if (after < 0)
        {
            return BadRequest();
        }

        (After, All, Now) = (after, all, time.GetUtcNow());
        var found = await store.ListAsync(after, PageSize + 1, null, all, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        return Page();
    }

    /// <summary>The word of an order's state; a release that nobody used is over at its end.</summary>
    public static string WordOf(HeldOrder order, DateTimeOffset now) =>
        order is { Status: HeldStatus.Released, ReleaseUntil: { } until } && until <= now ? "expired" : order.Status.ToString().ToLowerInvariant();

    /// <summary>The tone of a state's badge.</summary>
    public static string ToneOf(string word) => word switch
    {
        "released" => "info",
        "passed" => "good",
        "rejected" => "bad",
        "held" => "warn",
        _ => "quiet",
    };
}
