using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Compiles the map under <c>where</c>, and those under <c>not</c> and <c>any-of</c>.</summary>
internal static class WhereCompiler
{
    private const int MaxDepth = 4;

    private static readonly Dictionary<string, Func<YamlNode, CompileScope, Condition?>> Compilers = new(StringComparer.Ordinal)
    {
        ["parameter"] = ParameterCondition.Compile,
        ["value"] = ValueCondition.Compile,
        ["sibling"] = SiblingCondition.Compile,
        ["url"] = UrlCondition.Compile,
        ["file-type"] = FileTypeCondition.Compile,
        ["not-file-type"] = FileTypeCondition.CompileNegated,
        ["transfer"] = TransferCondition.Compile,
        ["artefact"] = ArtefactCondition.Compile,
        ["argument"] = ArgumentCondition.Compile,
        ["command-key"] = CommandKeyCondition.Compile,
        ["direction"] = DirectionCondition.Compile,
        ["rpc"] = RpcCondition.Compile,
        ["device"] = DeviceCondition.Compile,
        ["strength"] = StrengthCondition.Compile,
        ["event"] = EventCondition.Compile,
        ["signal"] = SignalCondition.Compile,
        ["credential"] = CredentialCondition.Compile,
        ["source"] = SourceCondition.Compile,
        ["time"] = TimeCondition.Compile,
        ["session"] = SessionCondition.Compile,
        ["count"] = CountCondition.Compile,
        ["rate"] = RateCondition.Compile,
        ["tr064"] = Tr064Condition.Compile,
        ["not"] = CompileNot,
        ["any-of"] = CompileAnyOf,
    };

    /// <summary>Every condition's key.</summary>
    public static IReadOnlyCollection<string> Keys => Compilers.Keys;

    /// <summary>Compiles a map of conditions, all of which must hold.</summary>
    public static AllOf Compile(YamlNode? node, CompileScope scope) => new(Parts(node, scope));

    /// <summary>Whether <c>parameter</c>, <c>value</c> or <c>sibling</c> stands anywhere in it.</summary>
    public static bool MentionsParameter(YamlNode? node) => node switch
    {
        YamlMap map => map.Entries.Any(e => e.Key.Value is "parameter" or "value" or "sibling" || (e.Key.Value is "not" or "any-of" && MentionsParameter(e.Value))),
        YamlList list => list.Items.Any(MentionsParameter),
        _ => false,
    };

    private static List<Condition> Parts(YamlNode? node, CompileScope scope)
    {
        List<Condition> parts = [];
        if (node is null)
        {
            return parts;
        }

        if (node is not YamlMap map)
        {
            scope.Bag.Add(node, DiagnosticCode.WrongKind, $"conditions must be a map, not {node.Kind}");
            return parts;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (!Compilers.TryGetValue(key.Value, out var compile))
            {
                scope.Bag.Add(key, DiagnosticCode.UnknownKey, $"unknown condition \"{key.Value}\"", Words.DidYouMean(key.Value, Compilers.Keys));
            }
            else if (compile(value, scope) is { } condition)
            {
                parts.Add(condition);
            }
        }

        return parts;
    }

    private static Condition? CompileNot(YamlNode node, CompileScope scope) => Deeper(node, scope, () => new NoneOf(Parts(node, scope)));

    private static Condition? CompileAnyOf(YamlNode node, CompileScope scope)
    {
        if (node is YamlList { Items.Count: > 0 } list)
        {
            return Deeper(node, scope, () => new AnyOf([.. list.Items.Select(item => Compile(item, scope))]));
        }

        scope.Bag.Add(node, DiagnosticCode.WrongKind, "\"any-of\" must be a list of maps of conditions");
        return null;
    }

    private static Condition? Deeper(YamlNode node, CompileScope scope, Func<Condition> compile)
    {
        if (scope.Depth >= MaxDepth)
        {
            scope.Bag.Add(node, DiagnosticCode.TooDeep, $"\"not\" and \"any-of\" nest {MaxDepth} deep at most");
            return null;
        }

        scope.Depth++;
        var condition = compile();
        scope.Depth--;
        return condition;
    }
}
