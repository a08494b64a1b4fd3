using System.Collections.Frozen;
using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Rules;

/// <summary>A compiled rule set: immutable, shared by every session, swapped as a whole.</summary>
public sealed class RuleSet
{
    private readonly FrozenDictionary<MessageKind, RuleIndex> index;
    private readonly FrozenDictionary<string, RuleException[]> exceptionsByRule;
    private readonly RuleSetParts parts;
    private readonly int peopleTexts;

    internal RuleSet(RuleSetParts parts)
    {
        this.parts = parts;
        Hash = parts.Hash;
        Version = parts.Version.Length > 0 ? parts.Version : parts.Hash[..Math.Min(12, parts.Hash.Length)];
        Mode = parts.Mode;
        UnknownRpc = parts.UnknownRpc;
        AllowedVendorRpcs = parts.AllowedVendorRpcs;
        Rules = [.. parts.Rules];
        Exceptions = [.. parts.Exceptions];
        Model = parts.Model;
        Artefacts = parts.Artefacts;
        Classifier = parts.Classifier;
        peopleTexts = parts.Classifier.TargetOf("people-texts");
        Classes = [.. parts.Classes];
        Lists = parts.Lists.ToFrozenDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        SiblingNames = parts.SiblingNames.Select(n => n.ToLowerInvariant()).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        var byKind = parts.Rules.SelectMany(r => r.Kinds.Select(k => (Kind: k, Rule: r))).GroupBy(p => p.Kind).ToDictionary(g => g.Key, g => g.Select(p => p.Rule).ToList());
        index = MessageSelector.All.ToFrozenDictionary(
            kind => kind,
            kind => new RuleIndex(byKind.GetValueOrDefault(kind) ?? [], parts.Classifier));
        exceptionsByRule = parts.Exceptions
            .SelectMany(e => e.RuleIds.Select(id => (Id: id, Exception: e)))
            .GroupBy(p => p.Id, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Exception).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>SHA-256 (lower-case hex) over the canonical content of all files.</summary>
    public string Hash { get; }

    /// <summary>Version word; the first twelve digits of the hash when the set gives none.</summary>
    public string Version { get; }

    /// <summary>Whether rules act or only record.</summary>
    public RuleMode Mode { get; }

    /// <summary>What becomes of a method that is neither of TR-069 nor allowed by name. Null forwards it; the default value is Deny.</summary>
    public RuleAction? UnknownRpc { get; }

    /// <summary>Every rule, by pack and place.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>Every exception.</summary>
    public ImmutableArray<RuleException> Exceptions { get; }

    /// <summary>Imported data model, null when there is none.</summary>
    public DataModelIndex? Model { get; }

    /// <summary>Signed artefacts, null when no rule asks for them.</summary>
    public ArtefactList? Artefacts { get; }

    /// <summary>Reasons of the artefact gate on which no rule of the set refuses transfers.</summary>
    public IReadOnlyList<string> UnaskedArtefactReasons => [.. Conditions.ArtefactCondition.ReasonWords.Skip(1).Except(
        Rules.Where(r => r.Action == RuleAction.Deny && r.Subject == SubjectKind.Transfer).SelectMany(r => r.AskedOfArtefacts).SelectMany(c => c.Reasons), StringComparer.Ordinal)];

    /// <summary>Every parameter class, with what it includes.</summary>
    public ImmutableArray<ParameterClass> Classes { get; }

    /// <summary>Every list by name, with its items as written.</summary>
    public FrozenDictionary<string, ImmutableArray<string>> Lists { get; }

    /// <summary>Last steps of parameters whose values the session should remember.</summary>
    public FrozenSet<string> SiblingNames { get; }

    /// <summary>Classes and patterns by target number.</summary>
    internal ParameterClassifier Classifier { get; }

    /// <summary>Names of vendor methods that may pass.</summary>
    internal ItemSet AllowedVendorRpcs { get; }

    /// <summary>The same rules, which only record.</summary>
    public RuleSet Observing() => Mode == RuleMode.Observe ? this : new RuleSet(parts with { Mode = RuleMode.Observe });

    /// <summary>Whether the set says in which texts of devices what no encoding gives may be replaced: it has the class people-texts.</summary>
    internal bool RepairsTexts => peopleTexts >= 0;

    /// <summary>Whether it may be replaced in the value of this parameter. Costs a look at every class: for the few values where it matters.</summary>
    internal bool RepairsTextOf(string parameterName)
    {
        Span<char> shape = stackalloc char[ParameterPath.MaxLength];
        return RepairsTexts
            && ParameterPath.Shape(parameterName, shape, out var length) == PathDefect.None
            && Classifier.Match(new string(shape[..length])).Has(peopleTexts, ancestors: false);
    }

    /// <summary>Whether the site allows a vendor method by name.</summary>
    public bool AllowsVendorRpc(string name) => AllowedVendorRpcs.ContainsText(name);

    /// <summary>Every rule that holds for the message; the shared empty list when none does.</summary>
    public IReadOnlyList<RuleMatch> Evaluate(Judgement judgement)
    {
        MatchList? matches = null;
        if (!index.TryGetValue(MessageKind.Of(judgement.Message), out var rules))
        {
            return [];
        }

        foreach (var rule in rules.OnMessage)
        {
            Try(rule, judgement, Subject.Whole, ref matches);
        }

        if (rules.OnTransfer.Length > 0)
        {
            for (var i = 0; i < judgement.Message.Transfers.Count; i++)
            {
                var subject = new Subject(null, ShapeMatch.None, judgement.Message.Transfers[i]);
                foreach (var rule in rules.OnTransfer)
                {
                    Try(rule, judgement, subject, ref matches);
                }
            }
        }

        if (rules.AsksParameters)
        {
            var parameters = judgement.Message.Parameters;
            for (var i = 0; i < parameters.Count; i++)
            {
                var candidates = rules.CandidatesFor(parameters[i].Name);
                foreach (var rule in candidates.Rules)
                {
                    Try(rule, judgement, new Subject(parameters[i], candidates.Match, null), ref matches);
                }
            }
        }

        return matches?.Matches ?? [];
    }

    /// <summary>Every subject on which rules of this kind are evaluated, with the rules: for explanations.</summary>
    internal IEnumerable<(Rule Rule, Subject Subject)> Pairs(Judgement judgement)
    {
        if (!index.TryGetValue(MessageKind.Of(judgement.Message), out var rules))
        {
            yield break;
        }

        foreach (var rule in rules.OnMessage.ToArray())
        {
            yield return (rule, Subject.Whole);
        }

        foreach (var transfer in judgement.Message.Transfers)
        {
            foreach (var rule in rules.OnTransfer.ToArray())
            {
                yield return (rule, new Subject(null, ShapeMatch.None, transfer));
            }
        }

        foreach (var parameter in judgement.Message.Parameters)
        {
            var candidates = rules.CandidatesFor(parameter.Name);
            foreach (var rule in candidates.Rules)
            {
                yield return (rule, new Subject(parameter, candidates.Match, null));
            }
        }
    }

    private void Try(Rule rule, Judgement judgement, in Subject subject, ref MatchList? matches)
    {
        var truth = rule.Where.Evaluate(judgement, subject);
        if (truth == Truth.No)
        {
            return;
        }

        matches ??= new MatchList();
        matches.Add(new RuleMatch(rule, truth, subject.Parameter, subject.Transfer, ExceptionFor(rule, judgement, subject)));
    }

    /// <summary>The exception that lifts a rule that held on a subject, or null.</summary>
    internal RuleException? ExceptionFor(Rule rule, Judgement judgement, in Subject subject)
    {
        if (exceptionsByRule.TryGetValue(rule.Id, out var exceptions))
        {
            foreach (var exception in exceptions)
            {
                if (exception.Lifts(judgement, subject))
                {
                    return exception;
                }
            }
        }

        return null;
    }
}
