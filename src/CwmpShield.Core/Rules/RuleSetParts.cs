using System.Collections.Immutable;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Rules;

/// <summary>What a set is made of.</summary>
internal sealed record RuleSetParts
{
    public required string Hash { get; init; }

    public string Version { get; init; } = "";

    public RuleMode Mode { get; init; }

    public RuleAction? UnknownRpc { get; init; } = RuleAction.Deny;

    public required ItemSet AllowedVendorRpcs { get; init; }

    public required IReadOnlyList<Rule> Rules { get; init; }

    public required IReadOnlyList<RuleException> Exceptions { get; init; }

    public DataModelIndex? Model { get; init; }

    public ArtefactList? Artefacts { get; init; }

    public required ParameterClassifier Classifier { get; init; }

    public required IReadOnlyList<ParameterClass> Classes { get; init; }

    public required IReadOnlyDictionary<string, ImmutableArray<string>> Lists { get; init; }

    public required IReadOnlySet<string> SiblingNames { get; init; }
}
