using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>parameter</c>: class, path, use, attributes and data model facts of the parameter.</summary>
internal sealed class ParameterCondition : Condition
{
    private static readonly Dictionary<string, ParameterUse> Uses = new(StringComparer.Ordinal)
    {
        ["write"] = ParameterUse.Write,
        ["read"] = ParameterUse.Read,
        ["report"] = ParameterUse.Report,
        ["attribute"] = ParameterUse.Attribute,
        ["add"] = ParameterUse.AddObject,
        ["delete"] = ParameterUse.DeleteObject,
    };

    private string text = "";
    private ImmutableArray<int> excluded = [];
    private ImmutableArray<ParameterUse> uses = [];
    private ImmutableArray<long> notifications = [];
    private string? missingAccess;
    private bool? ancestors;
    private DataModelTest? model;

    /// <summary>Target numbers of the classes and patterns, one of which must match; empty when any parameter will do.</summary>
    public ImmutableArray<int> Targets { get; private set; } = [];

    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Parameter;

    /// <inheritdoc/>
    public override int Cost => 1;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"parameter\"") is not { } map)
        {
            return null;
        }

        var condition = new ParameterCondition
        {
            text = YamlPrinter.Print(node),
            Targets = [.. Classes(map, "class", scope).Concat(Paths(map, "path", scope)).Distinct().Order()],
            excluded = [.. Classes(map, "not-class", scope).Concat(Paths(map, "not-path", scope)).Distinct().Order()],
            uses = [.. map.Texts("use").Select(t => map.WordOf(t, "use", Uses.Keys)).OfType<string>().Select(w => Uses[w])],
            notifications = [.. Notifications(map)],
            missingAccess = map.Text("access-list-lacks"),
            ancestors = map.Flag("ancestors"),
            model = DataModelTest.Compile(map),
        };
        map.Done();
        return condition;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        if (subject.Parameter is not { } parameter || (!uses.IsEmpty && !uses.Contains(parameter.Use)))
        {
            return Truth.No;
        }

        var above = ancestors ?? parameter.Use is ParameterUse.AddObject or ParameterUse.DeleteObject or ParameterUse.Attribute;
        if ((!Targets.IsEmpty && !HasAny(subject.Match, Targets, above)) || HasAny(subject.Match, excluded, false))
        {
            return Truth.No;
        }

        if (!notifications.IsEmpty && !(parameter.Notification is { } notification && notifications.Contains(notification)))
        {
            return Truth.No;
        }

        if (missingAccess is not null && (parameter.AccessList is not { } list || list.Contains(missingAccess, StringComparer.Ordinal)))
        {
            return Truth.No;
        }

        return model is null ? Truth.Yes : model.Evaluate(judgement.Model, parameter);
    }

    /// <inheritdoc/>
    public override string Describe() => $"parameter: {text}";

    /// <summary>Target numbers of the classes under a key.</summary>
    internal static IEnumerable<int> Classes(MapReader map, string key, CompileScope scope)
    {
        foreach (var name in map.Texts(key))
        {
            var target = scope.Classifier.TargetOf(name.Value.Replace('_', '-'));
            if (target < 0)
            {
                scope.Bag.Add(name, DiagnosticCode.UnknownClass, $"class \"{name.Value}\" is not defined", Words.DidYouMean(name.Value, scope.ClassNames));
            }
            else
            {
                yield return target;
            }
        }
    }

    /// <summary>Target numbers of the patterns under a key.</summary>
    internal static IEnumerable<int> Paths(MapReader map, string key, CompileScope scope)
    {
        foreach (var path in map.Texts(key))
        {
            if (PathPattern.TryParse(path.Value, out var pattern, out var problem))
            {
                yield return scope.Classifier.Add(pattern!);
            }
            else
            {
                scope.Bag.Add(path, DiagnosticCode.BadPattern, $"path pattern \"{path.Value}\" cannot be read: {problem}");
            }
        }
    }

    private static IEnumerable<long> Notifications(MapReader map)
    {
        foreach (var item in map.Texts("notification"))
        {
            if (item.Value is [>= '0' and <= '6'])
            {
                yield return item.Value[0] - '0';
            }
            else
            {
                map.Bag.Add(item, DiagnosticCode.OutOfRange, "\"notification\" must be 0 to 6");
            }
        }
    }

    private static bool HasAny(ShapeMatch match, ImmutableArray<int> targets, bool above)
    {
        foreach (var target in targets)
        {
            if (match.Has(target, above))
            {
                return true;
            }
        }

        return false;
    }
}
