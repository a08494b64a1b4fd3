using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>The metrics and labels that a PromQL expression uses. It is no parser: <c>promtool</c> checks the grammar.</summary>
internal sealed class PromQuery
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.Compiled;

    private static readonly Regex Grouping = new(@"\b(by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Selector = new(@"(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{(?<matchers>[^}]*)\}", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Matcher = new(@"(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\s*(?<how>=~|!~|!=|=)\s*""(?<value>[^""]*)""", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Span = new(@"\[[^\]]*\]|\boffset\s+\w+", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Word = new(@"(?<![\w.$])(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?!\s*\()(?![\w:])", Options, TimeSpan.FromSeconds(1));
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset" };

    private PromQuery(string text) => Text = text;

    /// <summary>The expression.</summary>
    public string Text { get; }

    /// <summary>Every metric that is named.</summary>
    public HashSet<string> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>Every matcher: metric, label, operator and value.</summary>
    public List<(string Metric, string Label, string How, string Value)> Matchers { get; } = [];

    /// <summary>Every label that is grouped, joined or kept by.</summary>
    public HashSet<string> Labels { get; } = new(StringComparer.Ordinal);

    public static PromQuery Read(string text)
    {
        var query = new PromQuery(text);
        var rest = Grouping.Replace(text, match =>
        {
            query.Labels.UnionWith(match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            return " ";
        });
        rest = Selector.Replace(rest, match =>
        {
            var metric = match.Groups["name"].Value;
            query.Metrics.Add(metric);
            query.Matchers.AddRange(Matcher.Matches(match.Groups["matchers"].Value)
                .Select(one => (metric, one.Groups["label"].Value, one.Groups["how"].Value, one.Groups["value"].Value)));
            return " ";
        });
        query.Metrics.UnionWith(Word.Matches(Span.Replace(rest, " ")).Select(match => match.Groups["name"].Value).Where(name => !Keywords.Contains(name)));
        return query;
    }
}
