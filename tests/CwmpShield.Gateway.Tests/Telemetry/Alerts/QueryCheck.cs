using System.Text.RegularExpressions;
using CwmpShield.Gateway.Tests.Telemetry.Reference;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>Compares queries with the metrics, labels and closed values that the code has.</summary>
internal sealed class QueryCheck
{
    /// <summary>What Prometheus adds to every series.</summary>
    private static readonly string[] Given = ["job", "instance"];

    private readonly Dictionary<string, MetricFacts> metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> recordings = new(StringComparer.Ordinal);

    public QueryCheck(WholeGateway gateway, AlertFile rules)
    {
        foreach (var family in gateway.Instruments().Select(MetricFacts.Of).Concat(MetricFacts.Others()))
        {
            foreach (var name in family.Names)
            {
                metrics[name] = family;
            }
        }

        foreach (var rule in rules.Recordings)
        {
            recordings[rule.Name] = [.. rule.Query.Labels, .. Given];
        }
    }

    /// <summary>What a query asks for that does not exist.</summary>
    public IEnumerable<string> Problems(PromQuery query)
    {
        foreach (var metric in query.Metrics.Where(metric => LabelsOf(metric) is null))
        {
            yield return $"no metric {metric}";
        }

        foreach (var (metric, label, how, value) in query.Matchers)
        {
            if (LabelsOf(metric) is { } labels && !labels.Contains(label))
            {
                yield return $"no label {label} in {metric}";
            }
            else if (how is "=" or "=~" && metrics.GetValueOrDefault(metric)?.Labels.FirstOrDefault(one => one.Name == label) is { Words.Count: > 0 } bound)
            {
                foreach (var word in how == "=" ? [value] : Alternatives(value))
                {
                    if (!value.StartsWith('$') && !bound.Words.Any(known => Regex.IsMatch(known, $"^(?:{word})$", RegexOptions.NonBacktracking)))
                    {
                        yield return $"no value {word} of {label} in {metric}";
                    }
                }
            }
        }

        foreach (var label in query.Labels.Where(label => !query.Metrics.Any(metric => LabelsOf(metric)?.Contains(label) ?? true)))
        {
            yield return $"no label {label} in any of {string.Join(", ", query.Metrics.Order(StringComparer.Ordinal))}";
        }
    }

    /// <summary>The alternatives of a regular expression, each checked by itself: <c>a-(b|c)|d</c> has <c>a-b</c>, <c>a-c</c> and <c>d</c>.</summary>
    public static IReadOnlyList<string> Alternatives(string pattern)
    {
        var group = Regex.Match(pattern, @"\((?<inner>[^()]*\|[^()]*)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        if (!group.Success)
        {
            return pattern.Split('|');
        }

        // Only the alternative that the group stands in is multiplied.
        var from = pattern.LastIndexOf('|', group.Index) + 1;
        var to = pattern.IndexOf('|', group.Index + group.Length) is >= 0 and var end ? end : pattern.Length;
        var before = pattern[from..group.Index];
        var after = pattern[(group.Index + group.Length)..to];
        var multiplied = group.Groups["inner"].Value.Split('|').Select(inner => before + inner + after);
        var others = new[] { from > 0 ? pattern[..(from - 1)] : "", to < pattern.Length ? pattern[(to + 1)..] : "" };
        return [.. others.Where(other => other.Length > 0).SelectMany(Alternatives), .. multiplied];
    }

    private HashSet<string>? LabelsOf(string metric) =>
        metric == "up" ? [.. Given]
        : recordings.TryGetValue(metric, out var recorded) ? recorded
        : metrics.TryGetValue(metric, out var family) ? [.. family.Labels.Select(label => label.Name), "le", .. Given]
        : null;
}
