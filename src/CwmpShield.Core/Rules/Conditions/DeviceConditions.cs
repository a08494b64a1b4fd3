using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>device</c>: who the session belongs to.</summary>
internal sealed class DeviceCondition(DeviceMatcher matcher) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 2;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope) =>
        MapReader.Over(node, scope.Bag, "\"device\"") is { } map ? new DeviceCondition(DeviceMatcher.Compile(map, scope)) : null;

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => matcher.Matches(judgement.Traits);

    /// <inheritdoc/>
    public override string Describe() => $"device: {matcher.Source}";
}

/// <summary><c>strength</c>: how strongly the device has proven who it is.</summary>
internal sealed class StrengthCondition(IdentityStrength[] strengths, string text) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 2;

    /// <summary>Compiles the condition: a list of strengths, or <c>below</c> and <c>at-least</c>.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        IEnumerable<IdentityStrength> strengths;
        if (node is YamlMap)
        {
            var map = MapReader.Over(node, scope.Bag, "\"strength\"")!;
            var below = map.Take("below") is { } upper ? One(upper, "below", scope) : null;
            var atLeast = map.Take("at-least") is { } lower ? One(lower, "at-least", scope) : null;
            map.Done();
            strengths = Enum.GetValues<IdentityStrength>().Where(s => (below is null || s < below) && (atLeast is null || s >= atLeast));
        }
        else
        {
            strengths = (scope.Lists.Resolve(node, "strength") ?? []).Select(t => Read(t, scope.Bag)).OfType<IdentityStrength>();
        }

        return new StrengthCondition([.. strengths], YamlPrinter.Print(node));
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => strengths.AsSpan().Contains(judgement.Traits.Strength).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"strength: {text}";

    /// <summary>A bound is one strength, written out or the only item of a list.</summary>
    private static IdentityStrength? One(YamlNode node, string key, CompileScope scope)
    {
        if (scope.Lists.Resolve(node, key) is not { } items)
        {
            return null;
        }

        if (items.Count == 1)
        {
            return Read(items[0], scope.Bag);
        }

        scope.Bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be one strength, not {items.Count}", $"one of: {string.Join(", ", StrengthName.All)}");
        return null;
    }

    private static IdentityStrength? Read(YamlNode node, DiagnosticBag bag)
    {
        if (node is YamlText text && StrengthName.TryParse(text.Value, out var strength))
        {
            return strength;
        }

        bag.Add(node, DiagnosticCode.UnknownWord, "no such strength", $"one of: {string.Join(", ", StrengthName.All)}");
        return null;
    }
}

/// <summary><c>source</c>: source address of the device.</summary>
internal sealed class SourceCondition(ItemSet? within, ItemSet? notWithin, string text) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 3;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"source\"") is not { } map)
        {
            return null;
        }

        var within = map.Take("within") is { } inside ? scope.Items(inside, "within", ValueKind.Ip) : null;
        var notWithin = map.Take("not-within") is { } outside ? scope.Items(outside, "not-within", ValueKind.Ip, refusesWhenEmpty: true) : null;
        map.Done();
        return new SourceCondition(within, notWithin, YamlPrinter.Print(node));
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        IpValue? address = judgement.Source is { } source ? IpValue.From(source) : null;
        return ((within is null || (address is { } a && within.ContainsAddress(a)))
            && (notWithin is null || address is not { } b || !notWithin.ContainsAddress(b))).ToTruth();
    }

    /// <inheritdoc/>
    public override string Describe() => $"source: {text}";
}
