using System.Runtime.InteropServices;

namespace CwmpShield.Core.Rules;

/// <summary>
/// What held on one message. Of a rule that holds on thousands of parameters a few matches suffice for the verdict and the record, but never
/// instead of one that acts otherwise: those that stand and those that are lifted are counted apart, and each value to neutralise is kept.
/// </summary>
internal sealed class MatchList
{
    /// <summary>Matches kept of one rule that stand, and as many that are lifted.</summary>
    public const int MaxPerRule = 64;

    private readonly List<RuleMatch> matches = [];
    private readonly Dictionary<(Rule Rule, bool Lifted), int> counts = [];

    /// <summary>The matches in the order of the message.</summary>
    public IReadOnlyList<RuleMatch> Matches => matches;

    /// <summary>Keeps one match more, where it can change what becomes of the message.</summary>
    public void Add(RuleMatch match)
    {
        var lifted = match.LiftedBy is not null;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (match.Rule, lifted), out _);
        if (count < MaxPerRule || (match.Rule.Action == RuleAction.Neutralise && !lifted))
        {
            count++;
            matches.Add(match);
        }
    }
}
