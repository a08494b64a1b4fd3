using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>direction</c>: which way the message travels.</summary>
internal sealed class DirectionCondition(Direction direction) : Condition
{
    /// <summary>The direction that holds.</summary>
    public Direction Direction => direction;

    /// <inheritdoc/>
    public override int Cost => 0;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (node is YamlText { Value: "acs-to-cpe" or "cpe-to-acs" } text)
        {
            return new DirectionCondition(text.Value is "acs-to-cpe" ? Direction.AcsToCpe : Direction.CpeToAcs);
        }

        scope.Bag.Add(node, DiagnosticCode.UnknownWord, "\"direction\" must be acs-to-cpe or cpe-to-acs");
        return null;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => (judgement.Message.Direction == direction).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"direction: {(direction == Direction.AcsToCpe ? "acs-to-cpe" : "cpe-to-acs")}";
}

/// <summary><c>rpc</c>: name of the method as the message writes it.</summary>
internal sealed class RpcCondition(ItemSet? names, ItemSet? notNames, string text) : Condition
{
    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"rpc\"") is not { } map)
        {
            return null;
        }

        var names = map.Take("in") is { } inside ? scope.Items(inside, "in", ValueKind.Text) : null;
        var notNames = map.Take("not-in") is { } outside ? scope.Items(outside, "not-in", ValueKind.Text) : null;
        map.Done();
        return new RpcCondition(names, notNames, YamlPrinter.Print(node));
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var name = judgement.Message.Name;
        return ((names is null || names.ContainsText(name)) && (notNames is null || !notNames.ContainsText(name))).ToTruth();
    }

    /// <inheritdoc/>
    public override string Describe() => $"rpc: {text}";
}

/// <summary><c>tr064</c>: the message speaks TR-064 or UPnP in any disguise.</summary>
internal sealed class Tr064Condition(bool asked) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 35;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (node is YamlText { Value: "true" or "false" } text)
        {
            return new Tr064Condition(text.Value is "true");
        }

        scope.Bag.Add(node, DiagnosticCode.WrongKind, "\"tr064\" must be true or false");
        return null;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => judgement.SpeaksTr064.When(asked);

    /// <inheritdoc/>
    public override string Describe() => $"tr064: {(asked ? "true" : "false")}";
}

/// <summary><c>event</c>: an event of this Inform, or of the Inform that began the session.</summary>
internal sealed class EventCondition(string[] events) : Condition
{
    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope) =>
        new EventCondition([.. MapReader.TextsOf(node, "event", scope.Bag).Select(t => t.Value.Trim())]);

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var written = judgement.Events;
        for (var i = 0; i < written.Count; i++)
        {
            foreach (var asked in events)
            {
                if (NumberedWord.Matches(asked, written[i].AsSpan().Trim()))
                {
                    return Truth.Yes;
                }
            }
        }

        return Truth.No;
    }

    /// <inheritdoc/>
    public override string Describe() => $"event: [{string.Join(", ", events)}]";
}
