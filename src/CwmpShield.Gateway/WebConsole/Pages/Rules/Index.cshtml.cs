using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Inspection;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The rules in force, by pack.</summary>
internal sealed class RulesModel(RuleSetHolder holder) : ConsolePage
{
    private const int MaxText = 64;

    /// <summary>Part of an id, a title or a tag.</summary>
    public string Q { get; private set; } = "";

    /// <summary>Word of a severity; empty for any.</summary>
    public string SeverityWord { get; private set; } = "";

    /// <summary>Word of a maturity; empty for any.</summary>
    public string MaturityWord { get; private set; } = "";

    /// <summary>The set.</summary>
    public RuleSet Set { get; private set; } = null!;

    /// <summary>The rules that fit, by pack.</summary>
    public IReadOnlyList<IGrouping<string, Rule>> Packs { get; private set; } = [];

    /// <summary>Whether not all are asked for.</summary>
    public bool IsFiltered => (Q + SeverityWord + MaturityWord).Length > 0;

    /// <summary>Finds them.</summary>
    public IActionResult OnGet(string? q, string? severity, string? maturity)
    {
        (Q, SeverityWord, MaturityWord) = (q?.Trim() ?? "", severity ?? "", maturity ?? "");
        if (Q.Length > MaxText || !IsWord<Severity>(SeverityWord) || !IsWord<Maturity>(MaturityWord))
        {
            return BadRequest();
        }

        Set = holder.Current;
        Packs = [.. Set.Rules.Where(Fits).GroupBy(rule => rule.Pack, StringComparer.Ordinal)];
        return Page();
    }

    /// <summary>The words of an enumeration.</summary>
    public static IEnumerable<string> WordsOf<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => name.ToLowerInvariant());

    private static bool IsWord<T>(string word)
        where T : struct, Enum => word.Length == 0 || WordsOf<T>().Contains(word, StringComparer.Ordinal);

    private bool Fits(Rule rule) =>
        (SeverityWord.Length == 0 || rule.Severity.ToString().Equals(SeverityWord, StringComparison.OrdinalIgnoreCase))
        && (MaturityWord.Length == 0 || rule.Maturity.ToString().Equals(MaturityWord, StringComparison.OrdinalIgnoreCase))
        && (Q.Length == 0
            || rule.Id.Contains(Q, StringComparison.OrdinalIgnoreCase)
            || rule.Title.Contains(Q, StringComparison.OrdinalIgnoreCase)
            || rule.Tags.Any(tag => tag.Contains(Q, StringComparison.OrdinalIgnoreCase)));
}
