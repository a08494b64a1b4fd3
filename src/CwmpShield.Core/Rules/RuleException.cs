using CwmpShield.Core.Rules.Conditions;

namespace CwmpShield.Core.Rules;

/// <summary>Lifts rules for some devices until an instant.</summary>
public sealed class RuleException
{
    private long uses;

    /// <summary>Ids of the rules that it lifts.</summary>
    public required IReadOnlyList<string> RuleIds { get; init; }

    /// <summary>From this instant on it does nothing.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who has agreed to it.</summary>
    public required string Ticket { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>File that it stands in.</summary>
    public required string File { get; init; }

    /// <summary>1-based line on which it begins.</summary>
    public int Line { get; init; }

    /// <summary>How often it has lifted a rule since the set was loaded.</summary>
    public long Uses => Interlocked.Read(ref uses);

    /// <summary>Devices; null for any.</summary>
    internal DeviceMatcher? Devices { get; init; }

    /// <summary>Parameters; null for any.</summary>
    internal ParameterCondition? Parameter { get; init; }

    /// <summary>Whether it lifts a rule that held on this subject. What is not known for sure lifts nothing.</summary>
    internal bool Lifts(Judgement judgement, in Subject subject)
    {
        var lifts = judgement.Now < Until
            && (Devices is null || Devices.Matches(judgement.Traits) == Truth.Yes)
            && (Parameter is null || Parameter.Evaluate(judgement, subject) == Truth.Yes);
        if (lifts)
        {
            Interlocked.Increment(ref uses);
        }

        return lifts;
    }
}
