namespace CwmpShield.Core.Rules;

/// <summary>One thing that is not the same in two rule sets.</summary>
/// <param name="What"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Kind"><c>rule</c>, <c>list</c>, <c>class</c>, <c>exception</c> or <c>mode</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Detail">What has changed; empty when all of it is new or gone.</param>
public sealed record RuleSetChange(string What, string Kind, string Name, string Detail = "");

/// <summary>Compares two rule sets.</summary>
public static class RuleSetDifference
{
    /// <summary>Everything that is not the same, by kind and name.</summary>
    public static IReadOnlyList<RuleSetChange> Between(RuleSet before, RuleSet after)
    {
        List<RuleSetChange> changes = [];
        if (before.Mode != after.Mode)
        {
            changes.Add(new RuleSetChange("changed", "mode", "mode", $"{before.Mode} -> {after.Mode}".ToLowerInvariant()));
        }

        Compare("rule", before.Rules.ToDictionary(r => r.Id, Facets, StringComparer.Ordinal), after.Rules.ToDictionary(r => r.Id, Facets, StringComparer.Ordinal), changes);
        Compare("list", Lists(before), Lists(after), changes);
        Compare("class", Classes(before), Classes(after), changes);
        Compare("exception", Exceptions(before), Exceptions(after), changes);
        return changes;
    }

    private static void Compare(string kind, Dictionary<string, string[]> before, Dictionary<string, string[]> after, List<RuleSetChange> changes)
    {
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!before.TryGetValue(name, out var old))
            {
                changes.Add(new RuleSetChange("added", kind, name));
            }
            else if (!after.TryGetValue(name, out var now))
            {
                changes.Add(new RuleSetChange("removed", kind, name));
            }
            else if (!old.SequenceEqual(now, StringComparer.Ordinal))
            {
                var gone = old.Except(now, StringComparer.Ordinal).Select(f => "- " + f);
                var come = now.Except(old, StringComparer.Ordinal).Select(f => "+ " + f);
                changes.Add(new RuleSetChange("changed", kind, name, string.Join("; ", gone.Concat(come))));
            }
        }
    }

    private static string[] Facets(Rule rule) =>
    [
        $"on {string.Join(' ', rule.On)}",
        .. rule.Conditions.Select(c => c),
        $"then {rule.Action} {rule.Fault}".ToLowerInvariant().TrimEnd(),
        $"severity {rule.Severity}".ToLowerInvariant(),
        $"maturity {rule.Maturity}".ToLowerInvariant(),
    ];

    private static Dictionary<string, string[]> Lists(RuleSet set) => set.Lists.ToDictionary(l => l.Key, l => l.Value.ToArray(), StringComparer.Ordinal);

    private static Dictionary<string, string[]> Classes(RuleSet set) => set.Classes.ToDictionary(
        c => c.Name,
        c => (string[])[.. c.Paths.Select(p => p.Text), .. c.Except.Select(p => "except " + p.Text), .. c.VendorWords.Select(w => "vendor " + w)],
        StringComparer.Ordinal);

    private static Dictionary<string, string[]> Exceptions(RuleSet set) => set.Exceptions
        .GroupBy(e => $"{string.Join(",", e.RuleIds)} {e.Ticket}", StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(e => $"until {e.Until:u} for {e.Devices?.Source ?? "any"}").ToArray(), StringComparer.Ordinal);
}
