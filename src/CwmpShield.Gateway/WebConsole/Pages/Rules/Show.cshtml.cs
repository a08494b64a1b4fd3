using System.Globalization;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Charts;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>One rule: what it says, what it has stopped, and who is excepted from it.</summary>
internal sealed class RuleModel(RuleSetHolder holder, RuleHits hits, TimeProvider time) : ConsolePage
{
    private const int Days = 30;

    /// <summary>The rule.</summary>
    public Rule Rule { get; private set; } = null!;

    /// <summary>Exceptions that name it.</summary>
    public IReadOnlyList<RuleException> Exceptions { get; private set; } = [];

    /// <summary>Days that are drawn.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Records in which it was the first to hold, day by day and verdict by verdict.</summary>
    public IReadOnlyList<ChartSeries> Hits { get; private set; } = [];

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Finds it.</summary>
    public async Task<IActionResult> OnGetAsync(string id)
    {
        var set = holder.Current;
        if (set.Rules.FirstOrDefault(rule => rule.Id == id) is not { } found)
        {
            return NotFound();
        }

        (Rule, Now) = (found, time.GetUtcNow());
        Exceptions = [.. set.Exceptions.Where(exception => exception.RuleIds.Contains(id, StringComparer.Ordinal))];
        var first = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - Days);
        Labels = [.. Enumerable.Range(0, Days).Select(day => first.AddDays(day).UtcDateTime.ToString("MM-dd", CultureInfo.InvariantCulture))];
        Hits = await hits.ReadAsync(id, first, Days, Gone);
        return Page();
    }
}
