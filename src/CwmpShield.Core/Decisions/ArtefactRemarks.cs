using CwmpShield.Core.DataModel;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Decisions;

/// <summary>What the artefact gate says of matches that stand, for the decision's reasons and the fault's text.</summary>
internal static class ArtefactRemarks
{
    /// <summary>What weighs most of what the gate says of one match; empty when it says nothing.</summary>
    public static string First(RuleMatch match, Judgement judgement) => Of([match], judgement) is [var first, ..] ? first : "";

    /// <summary>The reasons (<see cref="Firmware.ArtefactReason"/>) that rules asked for and got, each once.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RuleMatch> matches, Judgement judgement)
    {
        List<string> reasons = [];
        foreach (var match in matches)
        {
            if (match.LiftedBy is not null)
            {
                continue;
            }

            foreach (var condition in match.Rule.AskedOfArtefacts)
            {
                reasons.AddRange(condition.ReasonsOf(judgement, new Subject(match.Parameter, ShapeMatch.None, match.Transfer)));
            }
        }

        return reasons.Count == 0 ? [] : [.. reasons.Distinct(StringComparer.Ordinal)];
    }
}
