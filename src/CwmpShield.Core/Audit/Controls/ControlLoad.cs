using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Audit.Controls;

/// <summary>What came of reading mappings of controls.</summary>
/// <param name="Schemes">The schemes; none where anything is wrong.</param>
/// <param name="Problems">Everything that is wrong, with its place.</param>
/// <param name="Hash">SHA-256 (hex) over the files.</param>
public sealed record ControlLoad(IReadOnlyList<ControlScheme> Schemes, IReadOnlyList<RuleDiagnostic> Problems, string Hash);
