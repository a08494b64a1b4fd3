using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary>Rules in words and as facts.</summary>
internal static class RuleText
{
    /// <summary>The word of the rule language for a value.</summary>
    public static string Word(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>Everything about a rule, for JSON.</summary>
    public static object Facts(Rule rule) => new
    {
        rule.Id,
        rule.Title,
        Severity = Word(rule.Severity),
        Maturity = Word(rule.Maturity),
        Then = Word(rule.Action),
        rule.Fault,
        On = rule.On.ToArray(),
        Where = rule.Conditions.ToArray(),
        rule.Why,
        References = rule.References.ToArray(),
        Tags = rule.Tags.ToArray(),
        rule.Pack,
        rule.Line,
    };

    /// <summary>The rule in words.</summary>
    public static void Print(Rule rule, TextWriter output)
    {
        output.WriteLine($"{rule.Id} ({rule.Pack}:{rule.Line})");
        output.WriteLine($"  {rule.Title}");
        if (rule.Why.Length > 0)
        {
            output.WriteLine($"  why: {rule.Why}");
        }

        output.WriteLine($"  severity {Word(rule.Severity)}, maturity {Word(rule.Maturity)}");
        output.WriteLine($"  on {string.Join(", ", rule.On)}");
        output.WriteLine(rule.Subject switch
        {
            SubjectKind.Parameter => "  for each parameter of the message, when all of these hold:",
            SubjectKind.Transfer => "  for each transfer of the message, when all of these hold:",
            _ => "  when all of these hold:",
        });
        foreach (var condition in rule.Conditions)
        {
            output.WriteLine($"    {condition}");
        }

        output.WriteLine($"  then {Word(rule.Action)}{(rule.Fault is { } fault ? $", fault {fault}" : "")}");
        if (!rule.References.IsEmpty)
        {
            output.WriteLine($"  see {string.Join("; ", rule.References)}");
        }
    }
}
