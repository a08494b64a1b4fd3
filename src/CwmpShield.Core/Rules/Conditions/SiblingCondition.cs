using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>sibling</c>: another value of the same object, in the order or known from the session; unreadable when it is not known.</summary>
internal sealed class SiblingCondition(string step, int levels, ValueTest test) : Condition
{
    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Parameter;

    /// <inheritdoc/>
    public override int Cost => 30;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"sibling\"") is not { } map)
        {
            return null;
        }

        var step = map.RequireText("name", "a \"sibling\"");
        var levels = 0;
        while (step.StartsWith("^.", StringComparison.Ordinal))
        {
            step = step[2..];
            levels++;
        }

        scope.SiblingNames.Add(ParameterPath.LastStep(step).ToString());
        var kind = ValueTestCompiler.ReadKind(map);
        if (kind == ValueKind.DhcpOption)
        {
            scope.Bag.Add(node, DiagnosticCode.PredicateDoesNotFit, "\"dhcp-option\" looks for its own sibling", "use it with \"value\"");
        }

        var test = ValueTestCompiler.Compile(map, kind, kind, scope);
        map.Done();
        return new SiblingCondition(step, levels, test);
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        subject.Parameter is not { } parameter ? Truth.No
        : ParameterPath.Sibling(parameter.Name, step, levels) is { } name && judgement.TryValueOf(name, out var value) ? test.Test(value, judgement.Elements)
        : Truth.Unreadable;

    /// <inheritdoc/>
    public override string Describe() => $"sibling: {test.Source}";
}
