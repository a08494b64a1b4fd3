using System.Collections.Concurrent;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Rules;

/// <summary>
/// The rules for one kind of message, laid out so that a parameter meets only rules that are about it: what a shape belongs to, and
/// the rules for it, are worked out once and kept, within bounds.
/// </summary>
internal sealed class RuleIndex
{
    private const int MaxShapes = 8192;

    private readonly ParameterClassifier classifier;
    private readonly Rule[] onMessage;
    private readonly Rule[] onTransfer;
    private readonly Rule[] onAnyParameter;
    private readonly Dictionary<int, List<Rule>> byTarget = [];
    private readonly ConcurrentDictionary<string, Candidates> shapes = new(StringComparer.Ordinal);
    private readonly KnownNames<Candidates> names = new();
    private int shapeCount;

    public RuleIndex(IReadOnlyList<Rule> rules, ParameterClassifier classifier)
    {
        this.classifier = classifier;
        onMessage = [.. rules.Where(r => r.Subject == SubjectKind.Message)];
        onTransfer = [.. rules.Where(r => r.Subject == SubjectKind.Transfer)];
        List<Rule> anywhere = [];
        foreach (var rule in rules.Where(r => r.Subject == SubjectKind.Parameter))
        {
            var targets = RuleTargets.Of(rule.Where);
            if (targets.IsEmpty)
            {
                anywhere.Add(rule);
            }

            foreach (var id in targets)
            {
                if (!byTarget.TryGetValue(id, out var list))
                {
                    byTarget.Add(id, list = []);
                }

                list.Add(rule);
            }
        }

        onAnyParameter = [.. anywhere];
    }

    /// <summary>Rules about the message as a whole.</summary>
    public ReadOnlySpan<Rule> OnMessage => onMessage;

    /// <summary>Rules about each transfer.</summary>
    public ReadOnlySpan<Rule> OnTransfer => onTransfer;

    /// <summary>Whether any rule is about parameters.</summary>
    public bool AsksParameters => onAnyParameter.Length > 0 || byTarget.Count > 0;

    /// <summary>The rules that can hold on a parameter of this name, and what it belongs to.</summary>
    public Candidates CandidatesFor(string name)
    {
        if (names.Find(name) is not { } candidates)
        {
            candidates = ByShape(name);
            names.Keep(name, candidates);
        }

        return candidates;
    }

    private Candidates ByShape(string name)
    {
        Span<char> buffer = stackalloc char[ParameterPath.MaxLength];
        _ = ParameterPath.Shape(name, buffer, out var length);
        var shape = buffer[..length];
        if (shapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(shape, out var known))
        {
            return known;
        }

        var text = new string(shape);
        var found = Find(text);
        if (Volatile.Read(ref shapeCount) < MaxShapes && shapes.TryAdd(text, found))
        {
            Interlocked.Increment(ref shapeCount);
        }

        return found;
    }

    private Candidates Find(string shape)
    {
        if (!AsksParameters)
        {
            return Candidates.None;
        }

        var match = classifier.Match(shape);
        HashSet<Rule> rules = [.. onAnyParameter];
        foreach (var target in match.Exact.Concat(match.Below))
        {
            if (byTarget.TryGetValue(target, out var list))
            {
                rules.UnionWith(list);
            }
        }

        return rules.Count == 0 && match == ShapeMatch.None ? Candidates.None : new Candidates(match, [.. rules]);
    }
}

/// <summary>The rules that can hold on parameters of one shape.</summary>
/// <param name="Match">What the shape belongs to.</param>
/// <param name="Rules">The rules.</param>
internal sealed record Candidates(ShapeMatch Match, Rule[] Rules)
{
    /// <summary>No rule.</summary>
    public static Candidates None { get; } = new(ShapeMatch.None, []);
}
