using System.Collections.Immutable;
using CwmpShield.Core.Rules.Conditions;

namespace CwmpShield.Core.Rules;

/// <summary>Finds the classes and patterns without which a rule cannot hold: what it is indexed by.</summary>
internal static class RuleTargets
{
    /// <summary>Target numbers, one of which every subject of the rule has; empty when it can hold on any parameter.</summary>
    public static ImmutableArray<int> Of(Condition condition)
    {
        switch (condition)
        {
            case ParameterCondition parameter:
                return parameter.Targets;
            case AllOf all:
                foreach (var part in all.Parts)
                {
                    if (Of(part) is { IsEmpty: false } found)
                    {
                        return found;
                    }
                }

                return [];
            case AnyOf any:
                var each = any.Parts.Select(Of).ToList();
                return each.TrueForAll(t => !t.IsEmpty) ? [.. each.SelectMany(t => t).Distinct().Order()] : [];
            default:
                return [];
        }
    }
}
