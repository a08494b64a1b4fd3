using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>value</c>: the value that is written or reported. A mention without a value never satisfies it.</summary>
internal sealed class ValueCondition(ValueTest test) : Condition
{
    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Parameter;

    /// <inheritdoc/>
    public override int Cost => 20;

    /// <summary>Compiles the condition; a DHCP option is one of its own.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"value\"") is not { } map)
        {
            return null;
        }

        var kind = ValueTestCompiler.ReadKind(map);
        Condition? condition = kind == ValueKind.DhcpOption
            ? DhcpOptionCondition.Compile(map, scope)
            : new ValueCondition(ValueTestCompiler.Compile(map, kind, kind, scope));
        map.Done();
        return condition;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        subject.Parameter?.Value is { } value ? test.Test(value, judgement.Elements) : Truth.No;

    /// <inheritdoc/>
    public override string Describe() => $"value: {test.Source}";
}
