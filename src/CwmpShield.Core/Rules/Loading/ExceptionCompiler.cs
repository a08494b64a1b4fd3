using System.Globalization;
using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Compiles one item under <c>exceptions</c>.</summary>
internal static class ExceptionCompiler
{
    private static readonly string[] Instants = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK"];

    /// <summary>The exception, or null with problems.</summary>
    public static RuleException? Compile(YamlNode node, CompileScope scope, IReadOnlySet<string> ruleIds, DateTimeOffset now)
    {
        if (MapReader.Over(node, scope.Bag, "an exception") is not { } map)
        {
            return null;
        }

        IReadOnlyList<YamlText> rules = map.Require("rule", "an exception") is null ? [] : map.Texts("rule");
        foreach (var rule in rules.Where(r => !ruleIds.Contains(r.Value)))
        {
            scope.Bag.Add(rule, DiagnosticCode.ExceptionWithoutRule, $"there is no rule \"{rule.Value}\"", Words.DidYouMean(rule.Value, ruleIds));
        }

        var until = map.Require("until", "an exception") is { } end ? ReadUntil(end, scope.Bag) : null;
        var exception = new RuleException
        {
            RuleIds = [.. rules.Select(r => r.Value)],
            Until = until ?? DateTimeOffset.MinValue,
            Ticket = map.RequireText("ticket", "an exception"),
            Reason = map.Text("reason") ?? "",
            File = node.File,
            Line = node.Line,
            Devices = ReadDevices(map, scope),
            Parameter = map.Take("parameter") is { } parameter ? ParameterCondition.Compile(parameter, scope) as ParameterCondition : null,
        };
        map.Done();
        if (until is { } ends && ends <= now)
        {
            scope.Bag.Add(map.Take("until")!, DiagnosticCode.ExceptionEnded, $"the exception for \"{string.Join(", ", exception.RuleIds)}\" has ended ({exception.Ticket})", "remove it, or agree on another date");
        }

        return exception;
    }

    private static DeviceMatcher? ReadDevices(MapReader map, CompileScope scope)
    {
        var node = map.Require("device", "an exception");
        if (node is null or YamlText { Value: "any" })
        {
            return null;
        }

        if (MapReader.Over(node, map.Bag, "\"device\"") is not { } device)
        {
            return null;
        }

        if (device.Node.Entries.Count == 0)
        {
            map.Bag.Add(node, DiagnosticCode.MissingKey, "\"device\" names no device", "write \"device: any\" when all are meant");
        }

        return DeviceMatcher.Compile(device, scope);
    }

    /// <summary>A date is its last moment; an instant is itself.</summary>
    private static DateTimeOffset? ReadUntil(YamlNode node, DiagnosticBag bag)
    {
        var text = node is YamlText scalar ? scalar.Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        if (DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        bag.Add(node, DiagnosticCode.BadTime, "\"until\" must be a date such as 2027-03-31 or an instant such as 2027-03-31T12:00:00Z");
        return null;
    }
}
