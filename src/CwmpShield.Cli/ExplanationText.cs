using CwmpShield.Core.Decisions;

namespace CwmpShield.Cli;

/// <summary>Writes explanations for people.</summary>
internal static class ExplanationText
{
    /// <summary>Writes each rule with its conditions.</summary>
    public static void Print(IEnumerable<RuleExplanation> explanations, TextWriter output, string indent = "")
    {
        foreach (var explanation in explanations)
        {
            var subject = explanation.Subject.Length == 0 ? "" : explanation.Value.Length == 0 ? $" on {explanation.Subject}" : $" on {explanation.Subject} = {explanation.Value}";
            output.WriteLine($"{indent}{explanation.RuleId} {(explanation.Held ? "held" : "did not hold")}{subject}");
            foreach (var condition in explanation.Conditions)
            {
                output.WriteLine($"{indent}  {condition.Truth.ToString().ToLowerInvariant(),-10} {condition.Condition}");
            }

            if (explanation.Exception is { } ticket)
            {
                output.WriteLine($"{indent}  lifted by exception {ticket}");
            }
        }
    }
}
