using System.Text;
using CwmpShield.Gateway.Telemetry.Catalogue;

namespace CwmpShield.Gateway.Tests.Telemetry.Reference;

/// <summary>The generated part of docs/metrics.md.</summary>
internal static class MetricReference
{
    public const string Begin = "<!-- generated from the code; UPDATE_GOLDEN=1 ./test --filter MetricReference writes it -->";
    private const int ShortList = 20;

    /// <summary>Writes every family; <paramref name="alerts"/> are the names of alerts by the metric that they read.</summary>
    public static string Write(IReadOnlyList<MetricFacts> families, ILookup<string, string> alerts)
    {
        var text = new StringBuilder(Begin).Append("\n\n| family | type | unit | labels | meaning | alerts |\n|---|---|---|---|---|---|\n");
        foreach (var family in families)
        {
            var used = family.Names.SelectMany(name => alerts[name]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            text.Append(string.Join(" | ", [
                $"| `{family.Sample}`",
                family.Kind,
                Or(family.Unit),
                Or(string.Join("; ", family.Labels.Select(Describe))),
                Cell(family.Meaning),
                Or(string.Join(", ", used.Select(alert => $"[{alert}](alerts.md#{alert.ToLowerInvariant()})")))])).Append(" |\n");
        }

        text.Append("\n## Words of long lists\n\nThese labels say a word of the code's own and nothing else.\n");
        foreach (var family in families)
        {
            foreach (var label in family.Labels.Where(label => label.Words.Count > ShortList || (label.IsWord && label.Words.Count > 0)))
            {
                text.Append($"\n* `{label.Name}` of `{family.Sample}`: {string.Join(", ", label.Words.Select(word => $"`{word}`"))}\n");
            }
        }

        return text.ToString();
    }

    private static string Describe(LabelBound label) =>
        !label.IsClosed && !label.IsWord ? $"`{label.Name}` ({label.Bound})"
        : label.IsClosed && label.Words.Count <= ShortList ? $"`{label.Name}`: {string.Join(", ", label.Words.Select(word => $"`{word}`"))}"
        : label.Words.Count == 0 ? $"`{label.Name}`: a word of the code's own"
        : $"`{label.Name}`: {label.Words.Count} [words](#words-of-long-lists)";

    private static string Or(string text) => text.Length == 0 ? "–" : text;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
