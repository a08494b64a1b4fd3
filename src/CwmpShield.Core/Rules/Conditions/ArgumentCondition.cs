using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>argument</c>: a leaf element of the method, by its last names.</summary>
internal sealed class ArgumentCondition(string[] path, bool? absent, ValueTest test) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 30;

    /// <summary>Names from the outermost to the leaf.</summary>
    public IReadOnlyList<string> Path => path;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"argument\"") is not { } map)
        {
            return null;
        }

        var name = map.RequireText("name", "an \"argument\"");
        var absent = map.Flag("absent");
        var kind = ValueTestCompiler.ReadKind(map);
        var test = ValueTestCompiler.Compile(map, kind, kind, scope);
        map.Done();
        return new ArgumentCondition(name.Split('.'), absent, test);
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var found = false;
        var truth = Walk(judgement.Message.Envelope.Body, 0, judgement, ref found);
        return absent is { } asked ? (!found).When(asked) : truth;
    }

    /// <summary>The arguments that a condition asks about, in its alternatives too; those below <c>not</c> are what it does not ask for.</summary>
    public static IEnumerable<ArgumentCondition> AskedBy(Condition condition) =>
        condition is ArgumentCondition argument ? [argument] : condition is NoneOf ? [] : condition.Parts.SelectMany(AskedBy);

    /// <summary>Whether the text of an argument that matches satisfies the test.</summary>
    public bool HoldsOn(string text, Judgement judgement) => test.Test(text, judgement.Elements) != Truth.No;

    /// <inheritdoc/>
    public override string Describe() => $"argument: {test.Source}";

    private Truth Walk(SoapElement parent, int matched, Judgement judgement, ref bool found)
    {
        var truth = Truth.No;
        foreach (var child in parent.Nodes)
        {
            var next = Step(matched, child.LocalName);
            if (next == path.Length && child.Nodes.Length == 0)
            {
                found = true;
                truth = truth.Or(test.Test(child.Text, judgement.Elements));
            }
            else if (child.Nodes.Length > 0)
            {
                truth = truth.Or(Walk(child, next == path.Length ? 0 : next, judgement, ref found));
            }
        }

        return truth;
    }

    /// <summary>How many names of the path are matched after an element of this name.</summary>
    internal int Step(int matched, string localName) =>
        string.Equals(path[matched], localName, StringComparison.Ordinal) ? matched + 1
        : string.Equals(path[0], localName, StringComparison.Ordinal) ? 1
        : 0;
}

/// <summary><c>command-key</c>: CommandKey of the message; absent is empty.</summary>
internal sealed class CommandKeyCondition(ValueTest test) : Condition
{
    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"command-key\"") is not { } map)
        {
            return null;
        }

        var test = ValueTestCompiler.Compile(map, ValueKind.Text, ValueKind.Text, scope);
        map.Done();
        return new CommandKeyCondition(test);
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => test.Test(judgement.Message.CommandKey ?? "", judgement.Elements);

    /// <inheritdoc/>
    public override string Describe() => $"command-key: {test.Source}";
}
