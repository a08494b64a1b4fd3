using System.Buffers;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>How one rule came out on one part of a message.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Held">Whether all its conditions held.</param>
/// <param name="Subject">Parameter or URL on which it was evaluated; empty for the message as a whole.</param>
/// <param name="Value">The parameter's value, or what may be shown of it.</param>
/// <param name="Conditions">Each condition in the words of the rule file, with what it said.</param>
/// <param name="Exception">Ticket of the exception that lifts the rule, null when none does.</param>
public sealed record RuleExplanation(
    string RuleId, bool Held, string Subject, string Value, IReadOnlyList<ConditionExplanation> Conditions, string? Exception);

/// <summary>What one condition said.</summary>
/// <param name="Condition">In the words of the rule file.</param>
/// <param name="Truth">Yes, no, or unreadable.</param>
public sealed record ConditionExplanation(string Condition, Truth Truth);

/// <summary>Explains decisions: which conditions of which rules held on what.</summary>
public static class Explainer
{
    private const int MaxExplanations = 1000;

    /// <summary>Explains every rule that held, or every evaluation of the rule <paramref name="ruleId"/>. Empty for a body that is no message.</summary>
    public static IReadOnlyList<RuleExplanation> Explain(RuleSet rules, in RawMessage raw, InspectionContext context, string? ruleId = null)
    {
        if (!RawReading.TryRead(rules, raw, context.Limits, out var envelope, out var message, out _, out _))
        {
            return [];
        }

        var judgement = Judgements.Of(rules, raw, context, message!, envelope!);
        List<RuleExplanation> explanations = [];
        foreach (var (rule, subject) in rules.Pairs(judgement))
        {
            var held = rule.Where.Evaluate(judgement, subject) != Truth.No;
            if (explanations.Count < MaxExplanations && (ruleId is null ? held : rule.Id == ruleId))
            {
                explanations.Add(new RuleExplanation(
                    rule.Id,
                    held,
                    subject.Parameter?.Name ?? subject.Transfer?.Url ?? "",
                    subject.Parameter is { Value: { } value } parameter ? ShownValue.Of(parameter.Name, value) : "",
                    [.. rule.Where.Parts.Select(p => new ConditionExplanation(p.Describe(), Ask(p, judgement, subject)))],
                    held ? rules.ExceptionFor(rule, judgement, subject)?.Ticket : null));
            }
        }

        judgement.GiveBackPlaces();
        return explanations;
    }

    private static Truth Ask(Condition condition, Judgement judgement, Subject subject) => condition.Evaluate(judgement, subject);
}

/// <summary>What may be shown of a value to people who need not know it.</summary>
public static class ShownValue
{
    private const int MaxShown = 80;
    private static readonly SearchValues<string> SecretWords =
        SearchValues.Create(["password", "passphrase", "key", "secret", "pin", "psk", "token", "credential", "communit"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The value, shortened; of a secret only its length.</summary>
    public static string Of(string parameter, string value)
    {
        if (IsSecret(parameter))
        {
            return $"({value.Length} characters, not shown)";
        }

        var shown = value.Length <= MaxShown ? value : value[..MaxShown] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) ? '�' : c));
    }

    /// <summary>Whether the name of a parameter says that its value is secret.</summary>
    public static bool IsSecret(string parameter) => ParameterPath.LastStep(parameter).ContainsAny(SecretWords);
}
