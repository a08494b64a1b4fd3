using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Reporting;

/// <summary>An order that did not reach its device.</summary>
/// <param name="At">When.</param>
/// <param name="Node">Node of its record.</param>
/// <param name="Sequence">Place of its record.</param>
/// <param name="Device">The device.</param>
/// <param name="Strength">Strength of its identity.</param>
/// <param name="Message">The order.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Fault">Fault that the ACS was given, 0 for none.</param>
/// <param name="Rules">Rules that held.</param>
/// <param name="Reasons">Reasons.</param>
/// <param name="Artefact">The file that it moves.</param>
/// <param name="Parameters">What it named.</param>
/// <param name="ParametersLeftOut">How many more.</param>
/// <param name="RuleSet">Hash of the rule set that judged.</param>
internal sealed record StoppedOrder(
    DateTimeOffset At,
    string Node,
    long Sequence,
    string Device,
    string Strength,
    string Message,
    string Verdict,
    int Fault,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Reasons,
    string Artefact,
    IReadOnlyList<AuditParameter> Parameters,
    int ParametersLeftOut,
    string RuleSet)
{
    /// <summary>The order of a record.</summary>
    public static StoppedOrder Of(AuditRecord record) => new(
        record.At, record.Node, record.Sequence, record.Device, record.Strength, record.Message, record.Verdict, record.Fault, record.Rules, record.Reasons, record.Artefact,
        [.. record.Parameters.Take(8)], Math.Max(0, record.Parameters.Count - 8) + record.ParametersLeftOut, record.RuleSet);

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        ReportText.Of(At),
        string.Create(CultureInfo.InvariantCulture, $"{Node} {Sequence}"),
        Strength.Length > 0 ? $"{Device}\n{Strength}" : Device,
        Message,
        Fault > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Verdict} ({Fault})") : Verdict,
        string.Join('\n', Rules.Concat(Reasons).Distinct(StringComparer.Ordinal)),
        string.Join('\n', new[] { Artefact, ReportText.Of(Parameters, ParametersLeftOut) }.Where(text => text.Length > 0)),
    ];
}
