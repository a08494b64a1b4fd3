using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>session</c>: what happened before in the session.</summary>
internal sealed class SessionCondition : Condition
{
    private string text = "";
    private RpcKind[] orderedBefore = [];
    private bool? firstBootstrap;
    private bool? knownTransfer;
    private bool? readBefore;

    /// <inheritdoc/>
    public override SubjectKind Subject => readBefore is null ? SubjectKind.Message : SubjectKind.Parameter;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"session\"") is not { } map)
        {
            return null;
        }

        var condition = new SessionCondition
        {
            text = YamlPrinter.Print(node),
            orderedBefore = [.. map.Texts("ordered-before").Select(t => MessageSelector.ReadOrder(t, scope.Bag)).OfType<RpcKind>()],
            firstBootstrap = map.Flag("first-bootstrap"),
            knownTransfer = map.Flag("known-transfer"),
            readBefore = map.Flag("read-before"),
        };
        map.Done();
        return condition;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        ((orderedBefore.Length == 0 || Array.Exists(orderedBefore, rpc => judgement.Facts.OrdersOf(rpc) > 0))
            && (firstBootstrap is null || IsFirstBootstrap(judgement) == firstBootstrap)
            && (knownTransfer is null || judgement.Facts.KnowsTransfer(judgement.Message.CommandKey ?? "") == knownTransfer)
            && (readBefore is null || (subject.Parameter is { } parameter && judgement.Facts.WasRead(parameter.Name)) == readBefore)).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"session: {text}";

    private static bool IsFirstBootstrap(Judgement judgement)
    {
        if (!judgement.Facts.DeviceIsNew)
        {
            return false;
        }

        foreach (var code in judgement.Events)
        {
            if (NumberedWord.Matches("0", code))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>count</c>: orders in the session, parameters or bytes in the message.</summary>
internal sealed class CountCondition(RpcKind[] kinds, bool parameters, bool bytes, long moreThan, string text) : Condition
{
    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"count\"") is not { } map)
        {
            return null;
        }

        var of = map.Texts("of");
        var word = of is [{ Value: "parameters" or "bytes" } only] ? only.Value : "";
        RpcKind[] kinds = word.Length > 0 ? [] : [.. of.Select(t => MessageSelector.ReadOrder(t, scope.Bag)).OfType<RpcKind>()];
        var moreThan = map.Require("more-than", "\"count\"") is null ? null : map.Number("more-than", 0, int.MaxValue);
        map.Done();
        return moreThan is { } limit ? new CountCondition(kinds, word is "parameters", word is "bytes", limit, YamlPrinter.Print(node)) : null;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => (Count(judgement) > moreThan).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"count: {text}";

    private long Count(Judgement judgement)
    {
        if (parameters)
        {
            return judgement.Message.Parameters.Count;
        }

        if (bytes)
        {
            return judgement.BodyBytes;
        }

        if (kinds.Length == 0)
        {
            return judgement.Facts.OrdersOf(judgement.Message.Rpc) + 1;
        }

        long count = kinds.AsSpan().Contains(judgement.Message.Rpc) ? 1 : 0;
        foreach (var kind in kinds)
        {
            count += judgement.Facts.OrdersOf(kind);
        }

        return count;
    }
}
