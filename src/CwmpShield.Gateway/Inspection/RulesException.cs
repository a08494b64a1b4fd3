using CwmpShield.Core.Rules;

namespace CwmpShield.Gateway.Inspection;

/// <summary>The rules are not good, so that the gateway does not start.</summary>
/// <param name="diagnostics">Every problem, by file and place.</param>
public sealed class RulesException(IReadOnlyList<RuleDiagnostic> diagnostics)
    : Exception(string.Join('\n', diagnostics.Select(problem => problem.ToString())))
{
    /// <summary>Every problem, by file and place.</summary>
    public IReadOnlyList<RuleDiagnostic> Diagnostics { get; } = diagnostics;
}
