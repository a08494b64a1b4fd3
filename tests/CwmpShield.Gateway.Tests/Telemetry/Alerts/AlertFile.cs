using CwmpShield.Core.Tests;
using YamlDotNet.RepresentationModel;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>The shipped recording and alert rules.</summary>
internal sealed class AlertFile
{
    public static string Folder { get; } = Repository.Path("rules", "prometheus");

    /// <summary>Alerts in the order of the file.</summary>
    public required IReadOnlyList<PromRule> Alerts { get; init; }

    /// <summary>Recordings in the order of the file.</summary>
    public required IReadOnlyList<PromRule> Recordings { get; init; }

    public static AlertFile Read() => new()
    {
        Alerts = [.. RulesOf("alerts.yaml", "alert")],
        Recordings = [.. RulesOf("recording.yaml", "record")],
    };

    /// <summary>Names of alerts by the metrics that they read, recordings looked through.</summary>
    public ILookup<string, string> ByMetric()
    {
        return Alerts
            .SelectMany(alert => Sources(alert.Query).Select(metric => (Metric: metric, alert.Name)))
            .Distinct()
            .ToLookup(pair => pair.Metric, pair => pair.Name, StringComparer.Ordinal);

        HashSet<string> Sources(PromQuery query) => [.. query.Metrics.SelectMany(Through)];
        IEnumerable<string> Through(string metric) =>
            Recordings.FirstOrDefault(rule => rule.Name == metric) is { } rule ? Sources(rule.Query) : [metric];
    }

    private static IEnumerable<PromRule> RulesOf(string file, string name)
    {
        var yaml = new YamlStream();
        using var text = new StreamReader(Path.Combine(Folder, file));
        yaml.Load(text);
        return ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"])
            .SelectMany(group => (YamlSequenceNode)group["rules"])
            .Cast<YamlMappingNode>()
            .Select(rule => new PromRule(
                Text(rule, name), PromQuery.Read(Text(rule, "expr")), Map(rule, "labels"), Map(rule, "annotations")));
    }

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static Dictionary<string, string> Map(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var map)
        ? ((YamlMappingNode)map).Children.ToDictionary(one => ((YamlScalarNode)one.Key).Value!, one => ((YamlScalarNode)one.Value).Value!, StringComparer.Ordinal)
        : new(StringComparer.Ordinal);
}

/// <summary>One rule of Prometheus.</summary>
internal sealed record PromRule(string Name, PromQuery Query, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations);
