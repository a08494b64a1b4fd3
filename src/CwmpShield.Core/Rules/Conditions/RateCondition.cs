using System.Globalization;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>rate</c>: more messages than this, that satisfied the rule's other conditions and went on, in a sliding window.</summary>
internal sealed class RateCondition(string per, int moreThan, TimeSpan within, string text) : Condition
{
    private const int MaxLimit = 1_000_000;

    /// <inheritdoc/>
    public override int Cost => 1000;

    /// <summary>Id of the rule that it stands in: the name of its windows.</summary>
    public string RuleId { get; set; } = "";

    /// <summary>What the fleet as a whole may have, null where the windows are kept by device, model or source.</summary>
    public RateBudget? FleetBudget => string.Equals(per, RateBudget.Fleet, StringComparison.Ordinal) ? new RateBudget(moreThan, within) : null;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"rate\"") is not { } map)
        {
            return null;
        }

        if (scope.Depth > 0)
        {
            scope.Bag.Add(node, DiagnosticCode.CannotBe, "\"rate\" cannot stand inside \"not\" or \"any-of\"");
        }

        var per = map.Require("per", "\"rate\"") is null ? null : map.Word("per", "device", "model", RateBudget.Fleet, "source");
        var limit = map.Require("more-than", "\"rate\"") is null ? null : map.Number("more-than", 0, MaxLimit);
        var within = map.Require("within", "\"rate\"") is { } span ? Duration(span, scope.Bag) : null;
        map.Done();
        return per is not null && limit is not null && within is { } window
            ? new RateCondition(per, (int)limit, window, YamlPrinter.Print(node))
            : null;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        Key(judgement) is { } key ? (!judgement.TakePlace(RuleId, key, moreThan, within)).ToTruth() : Truth.No;

    /// <inheritdoc/>
    public override string Describe() => $"rate: {text}";

    /// <summary>The window's key, null where nobody is known: strangers must not fill each other's windows.</summary>
    private string? Key(Judgement judgement) => per switch
    {
        "device" => judgement.Traits.Device?.ToString(),
        "model" => judgement.Traits.Device is { } device ? $"{device.Oui}-{device.ProductClass}" : null,
        "source" => judgement.Source?.ToString(),
        _ => RateBudget.Fleet,
    };

    private static TimeSpan? Duration(YamlNode node, DiagnosticBag bag)
    {
        var text = node is YamlText scalar ? scalar.Value : "";
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var span = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(Math.Min(number, 8)),
                _ => TimeSpan.MaxValue,
            };
            if (span <= TimeSpan.FromDays(7))
            {
                return span;
            }
        }

        bag.Add(node, DiagnosticCode.BadTime, "\"within\" must be a span such as 30s, 10m, 1h or 7d", "7d at most");
        return null;
    }
}
