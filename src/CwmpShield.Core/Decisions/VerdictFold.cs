using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Decisions;

/// <summary>Makes one verdict of all rules that held: deny wins, then quarantine, hold, neutralise, observe.</summary>
internal static class VerdictFold
{
    /// <summary>The strictest verdict of the matches that stand, the mode applied.</summary>
    public static Verdict Of(IReadOnlyList<RuleMatch> matches, RuleMode mode)
    {
        var strictest = Verdict.Forward;
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            if (match.LiftedBy is null && Rank(VerdictOf(match.Rule.Action)) < Rank(strictest))
            {
                strictest = VerdictOf(match.Rule.Action);
            }
        }

        return mode == RuleMode.Observe && strictest != Verdict.Forward ? Verdict.Observe : strictest;
    }

    /// <summary>The hits, refusing ones first, the most severe first among them, so that the first names the rule that the fault names; lifted ones last; a few of each rule.</summary>
    public static IReadOnlyList<RuleHit> Hits(IReadOnlyList<RuleMatch> matches) =>
        matches.Count == 0
            ? []
            : [.. matches.GroupBy(m => (m.Rule, m.LiftedBy is null)).SelectMany(g => g.Take(MatchList.MaxPerRule)).OrderBy(m => m.LiftedBy is null ? Rank(VerdictOf(m.Rule.Action)) : int.MaxValue)
                .ThenByDescending(m => m.Rule.Severity)
                .Select(m => new RuleHit(m.Rule.Id, VerdictOf(m.Rule.Action), m.Parameter?.Name ?? "", m.LiftedBy?.Ticket))];

    /// <summary>The reason that a verdict of rules gives.</summary>
    public static string? ReasonOf(Verdict verdict, bool anyLifted) => verdict switch
    {
        Verdict.Deny => RuleReason.Denied,
        Verdict.Quarantine => RuleReason.Quarantined,
        Verdict.Hold => RuleReason.Held,
        Verdict.Neutralise => RuleReason.Neutralised,
        Verdict.Observe => RuleReason.Observed,
        _ => anyLifted ? RuleReason.Lifted : null,
    };

    /// <summary>The verdict that an action asks for.</summary>
    public static Verdict VerdictOf(RuleAction action) => action switch
    {
        RuleAction.Quarantine => Verdict.Quarantine,
        RuleAction.Hold => Verdict.Hold,
        RuleAction.Neutralise => Verdict.Neutralise,
        RuleAction.Observe => Verdict.Observe,
        _ => Verdict.Deny,
    };

    /// <summary>Whether a message with this verdict stays.</summary>
    public static bool Refuses(Verdict verdict) => verdict is Verdict.Deny or Verdict.Quarantine or Verdict.Hold;

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Deny => 0,
        Verdict.Quarantine => 1,
        Verdict.Hold => 2,
        Verdict.Neutralise => 3,
        Verdict.Observe => 4,
        _ => 5,
    };
}
