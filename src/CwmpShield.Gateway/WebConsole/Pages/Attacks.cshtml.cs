using System.Globalization;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>One day: which devices were attacked, by what, and what stopped it.</summary>
internal sealed class AttacksModel(EvidenceStore evidence, RuleSetHolder rules, TimeProvider time) : ConsolePage
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The day, from midnight to midnight UTC.</summary>
    public DateTimeOffset Day { get; private set; }

    /// <summary>Today.</summary>
    public DateTimeOffset Today { get; private set; }

    /// <summary>What was refused on it.</summary>
    public AttackDay Found { get; private set; } = null!;

    /// <summary>Reads a day; yesterday where none is named.</summary>
    public async Task<IActionResult> OnGetAsync(string? day)
    {
        Today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        Day = Today.AddDays(-1);
        if (!string.IsNullOrEmpty(day))
        {
            if (!DateTimeOffset.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var named) || named.Year < 2000 || named > Today.AddDays(366))
            {
                return BadRequest();
            }

            Day = named;
        }

        Found = await evidence.AttacksAsync(Day, Day.AddDays(1), Gone);
        return Page();
    }

    /// <summary>A day as addresses and fields write it.</summary>
    public static string Text(DateTimeOffset day) => day.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The title of a rule in force; null where it is not, or not any more.</summary>
    public string? TitleOf(string rule) => rules.Current.Rules.FirstOrDefault(one => one.Id == rule)?.Title;

    /// <summary>The records behind a row.</summary>
    public string RecordsOf(Attack attack)
    {
        var filter = RecordFilter.Read("/refusals", QueryOf(attack), null)!;
        return filter.Url(Day, Day.AddDays(1));
    }

    private static Microsoft.AspNetCore.Http.QueryCollection QueryOf(Attack attack) => new(new[]
        {
            ("device", attack.Device), ("message", attack.Message), ("rule", attack.Rule), ("reason", attack.Reason), ("source", attack.Device.Length == 0 ? attack.Source : ""),
        }
        .Where(field => field.Item2.Length is > 0 and <= 256 && !field.Item2.Any(char.IsControl))
        .ToDictionary(field => field.Item1, field => new Microsoft.Extensions.Primitives.StringValues(field.Item2), StringComparer.Ordinal));
}
