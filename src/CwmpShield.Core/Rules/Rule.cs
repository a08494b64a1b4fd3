using System.Collections.Immutable;
using CwmpShield.Core.Rules.Conditions;

namespace CwmpShield.Core.Rules;

/// <summary>One rule, compiled. Immutable.</summary>
public sealed class Rule
{
    private static readonly char[] ClassNumber = [.. "0123456789-"];

    /// <summary>Stable kebab-case id.</summary>
    public required string Id { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>How bad it is without the rule.</summary>
    public Severity Severity { get; init; }

    /// <summary>How far people trust it.</summary>
    public Maturity Maturity { get; init; }

    /// <summary>What goes wrong without it; empty when not said.</summary>
    public string Why { get; init; } = "";

    /// <summary>CVE, ATT&amp;CK, TR-069 clause.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Words for people.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Messages that it is about.</summary>
    public ImmutableArray<MessageKind> Kinds { get; init; } = [];

    /// <summary>The words of <c>on</c>.</summary>
    public ImmutableArray<string> On { get; init; } = [];

    /// <summary>What it asks for.</summary>
    public RuleAction Action { get; init; }

    /// <summary>What <see cref="RuleAction.Neutralise"/> makes of a value.</summary>
    public Neutralisation Neutralises { get; init; }

    /// <summary>CWMP fault of a refusal; null leaves the choice to the refusal.</summary>
    public int? Fault { get; init; }

    /// <summary>File that it stands in, relative to the set.</summary>
    public required string Pack { get; init; }

    /// <summary>What kind of order it is about: the pack's word, e.g. <c>dns</c> for <c>20-dns.yaml</c>.</summary>
    public string Class => Path.GetFileNameWithoutExtension(Pack).TrimStart(ClassNumber);

    /// <summary>1-based line on which it begins.</summary>
    public int Line { get; init; }

    /// <summary>The rule without its place, on one line: equal for rules that say the same.</summary>
    internal string Text { get; init; } = "";

    /// <summary>All its conditions.</summary>
    internal AllOf Where { get; init; } = new([]);

    /// <summary>What it asks of artefacts; empty when it asks nothing.</summary>
    internal ImmutableArray<ArtefactCondition> AskedOfArtefacts { get; init; } = [];

    /// <summary>What it lets the whole fleet have before it holds, null where it asks for no rate of the fleet.</summary>
    public RateBudget? FleetBudget => Where.Parts.OfType<RateCondition>().Select(rate => rate.FleetBudget).FirstOrDefault(budget => budget is not null);

    /// <summary>What it is evaluated on.</summary>
    public SubjectKind Subject => Where.Subject;

    /// <summary>Its conditions in the words of the rule file.</summary>
    public IEnumerable<string> Conditions => Where.Parts.Select(p => p.Describe());
}
