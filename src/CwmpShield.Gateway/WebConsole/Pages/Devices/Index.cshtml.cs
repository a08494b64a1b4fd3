using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The registry, page by page.</summary>
internal sealed class DevicesModel(DeviceSearch search) : ConsolePage
{
    private const int PageSize = 50;
    private const int MaxText = 64;

    /// <summary>Part of a name.</summary>
    public string Q { get; private set; } = "";

    /// <summary>Word of a status; empty for any.</summary>
    public string Status { get; private set; } = "";

    /// <summary>Word of a strength; empty for any.</summary>
    public string Strength { get; private set; } = "";

    /// <summary>A group; empty for any.</summary>
    public string Group { get; private set; } = "";

    /// <summary>Key of the last row of the page before.</summary>
    public long After { get; private set; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<RegisteredDevice> Rows { get; private set; } = [];

    /// <summary>Key behind which the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>False where the search's time was over before the page was full.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether not all devices are asked for.</summary>
    public bool IsFiltered => (Q + Status + Strength + Group).Length > 0;

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync(string? q, string? status, string? strength, string? group, long after = 0)
    {
        (Q, Status, Strength, Group, After) = (q?.Trim() ?? "", status ?? "", strength ?? "", group?.Trim() ?? "", after);
        if (!TryFilter(out var filter) || after < 0)
        {
            return BadRequest();
        }

        var page = await search.FindAsync(filter, after, PageSize, Gone);
        (Rows, Next, IsWhole) = (page.Rows, page.Next, page.IsWhole);
        return Page();
    }

    /// <summary>The address of the page behind <paramref name="after"/>, under the same filter.</summary>
    public string PageUrl(long after)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("q", Q), ("status", Status), ("strength", Strength), ("group", Group) }.Where(pair => pair.Item2.Length > 0))
        {
            query.Add(name, value);
        }

        if (after > 0)
        {
            query.Add("after", after.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return "/devices" + query.ToQueryString();
    }

    private bool TryFilter(out DeviceFilter filter)
    {
        var isStatus = StatusName.TryParse(Status, out var status);
        var isStrength = StrengthName.TryParse(Strength, out var strength);
        filter = new DeviceFilter
        {
            Text = Q.Length > 0 ? Q : null,
            Status = isStatus ? status : null,
            Strength = isStrength ? strength : null,
            Group = Group.Length > 0 ? Group : null,
        };
        return (isStatus || Status.Length == 0) && (isStrength || Strength.Length == 0) && Q.Length <= MaxText && (Group.Length == 0 || GroupName.IsGood(Group));
    }
}
