using System.Globalization;

namespace CwmpShield.Soak.Rig;

/// <summary>The gateway's metrics at one time.</summary>
internal sealed class Scraped
{
    private readonly Dictionary<string, double> values;

    private Scraped(Dictionary<string, double> values) => this.values = values;

    public static Scraped Parse(string text)
    {
        var series = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var space = line.LastIndexOf(' ');
            series[line[..space]] = double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture);
        }

        return new Scraped(series);
    }

    /// <summary>The sum of a metric's series that have every one of <paramref name="labels"/> (<c>name="value"</c>).</summary>
    public double Sum(string metric, params string[] labels) => values
        .Where(one => Name(one.Key) == metric && labels.All(label => one.Key.Contains(label, StringComparison.Ordinal)))
        .Sum(one => one.Value);

    /// <summary>What was refused before inspection since <paramref name="before"/>, by reason, most often first.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> RefusedSince(Scraped before) =>
    [
        .. values.Where(one => Name(one.Key) == "cwmpshield_requests_rejected_total")
            .GroupBy(one => Messages.Between(one.Key, "reason=\"", "\""), one => one.Value - before.values.GetValueOrDefault(one.Key), StringComparer.Ordinal)
            .Select(reason => KeyValuePair.Create(reason.Key, reason.Sum()))
            .Where(reason => reason.Value > 0)
            .OrderByDescending(reason => reason.Value),
    ];

    private static string Name(string series) => series.IndexOf('{', StringComparison.Ordinal) is var end and >= 0 ? series[..end] : series;
}
