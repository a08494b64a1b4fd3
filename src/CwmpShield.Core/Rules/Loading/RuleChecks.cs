using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>What can be wrong between rules that are each well written.</summary>
internal static class RuleChecks
{
    /// <summary>Reports ids that stand twice and rules that say the same; gives all ids.</summary>
    public static IReadOnlySet<string> Check(IReadOnlyList<Rule> rules, DiagnosticBag bag)
    {
        var ids = new Dictionary<string, Rule>(StringComparer.Ordinal);
        var texts = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (rule.Id.Length > 0 && !ids.TryAdd(rule.Id, rule))
            {
                bag.Add(rule.Pack, rule.Line, 1, DiagnosticCode.DefinedTwice, $"rule \"{rule.Id}\" is defined twice", $"first in {ids[rule.Id].Pack}:{ids[rule.Id].Line}");
            }
            else if (!texts.TryAdd(rule.Text, rule))
            {
                bag.Add(rule.Pack, rule.Line, 1, DiagnosticCode.SameRule, $"rule \"{rule.Id}\" says the same as \"{texts[rule.Text].Id}\"");
            }
        }

        return ids.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
