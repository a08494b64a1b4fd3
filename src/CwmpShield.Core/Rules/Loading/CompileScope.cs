using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>What the compilation of one set's conditions needs.</summary>
internal sealed class CompileScope(DiagnosticBag bag, ListTable lists, ParameterClassifier classifier, IReadOnlyCollection<string> classNames)
{
    /// <summary>Where problems go.</summary>
    public DiagnosticBag Bag { get; } = bag;

    /// <summary>Lists by name.</summary>
    public ListTable Lists { get; } = lists;

    /// <summary>Classes and patterns by target number.</summary>
    public ParameterClassifier Classifier { get; } = classifier;

    /// <summary>Names of all classes.</summary>
    public IReadOnlyCollection<string> ClassNames { get; } = classNames;

    /// <summary>Last steps (lower case) of parameters whose values rules ask for beside the one that is judged.</summary>
    public HashSet<string> SiblingNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Files of the signed artefacts, by normalised URL; null until a rule asks.</summary>
    public ArtefactList? Artefacts { get; set; }

    /// <summary>Whether the rule that is being compiled is about parameters.</summary>
    public bool RuleHasParameter { get; set; }

    /// <summary>Nesting of <c>not</c> and <c>any-of</c>.</summary>
    public int Depth { get; set; }

    /// <summary>Compiles the items of a node for a type; null, with problems, when they cannot be.</summary>
    public ItemSet? Items(YamlNode node, string key, ValueKind kind, bool refusesWhenEmpty = false)
    {
        if (Lists.Resolve(node, key) is not { } items)
        {
            return null;
        }

        var set = ItemSet.Compile(kind, items, Bag);
        if (set.IsEmpty && items.Count == 0 && refusesWhenEmpty)
        {
            Bag.Add(node, DiagnosticCode.EmptyList, $"\"{key}\" looks in an empty list, so every value counts as outside", "fill the list, in site.yaml where it is the site's own");
        }

        return set;
    }
}
