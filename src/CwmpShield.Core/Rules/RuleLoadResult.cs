using CwmpShield.Core.Rules.Signing;

namespace CwmpShield.Core.Rules;

/// <summary>What came of loading a rule set.</summary>
/// <param name="Set">The set, null when there are errors.</param>
/// <param name="Diagnostics">Every problem, by file and place.</param>
/// <param name="SignedVersion">Version of the signed index, null when no signature was asked for; remember the highest.</param>
public sealed record RuleLoadResult(RuleSet? Set, IReadOnlyList<RuleDiagnostic> Diagnostics, long? SignedVersion = null);

/// <summary>How to load a rule set.</summary>
public sealed record RuleLoadOptions
{
    /// <summary>The instant against which exceptions are reported as ended. The default value is the system's time.</summary>
    public DateTimeOffset Now { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>Who must have signed the set, which is then a directory; null loads unsigned sets.</summary>
    public RuleTrust? Trust { get; init; }

    /// <summary>A file that takes the place of the set's own site.yaml; null keeps that.</summary>
    public string? Site { get; init; }

    /// <summary>Whether rules only record, whatever the set says. The default value is false.</summary>
    public bool ObserveOnly { get; init; }
}
