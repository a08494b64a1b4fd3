using System.Globalization;
using System.Text;

namespace CwmpShield.Soak;

/// <summary>Four graphs over the time of the run: memory, handles, threads, and the slowest honest sessions; strangers' turns shaded.</summary>
internal static class SoakChart
{
    private const int Width = 900;
    private const int Left = 70;
    private const int Height = 110;
    private const int Gap = 42;

    public static string Draw(IReadOnlyList<SoakSample> samples)
    {
        (string Name, Func<SoakSample, double> Figure)[] graphs =
        [
            ("memory, MiB", sample => sample.Process.Megabytes),
            ("open handles", sample => sample.Process.Handles),
            ("threads", sample => sample.Process.Threads),
            ("honest sessions, p99 in ms", sample => sample.Honest.P99),
        ];
        var svg = new StringBuilder();
        var total = graphs.Length * (Height + Gap) + 30;
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {total}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add(svg, $"<rect width=\"{Width}\" height=\"{total}\" fill=\"#ffffff\"/>");
        for (var i = 0; i < graphs.Length; i++)
        {
            Graph(svg, samples, graphs[i].Name, graphs[i].Figure, 24 + i * (Height + Gap));
        }

        Add(svg, $"<text x=\"{Left}\" y=\"{total - 12}\" fill=\"#555555\">minutes since the start; shaded: a stranger at work</text>");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Graph(StringBuilder svg, IReadOnlyList<SoakSample> samples, string name, Func<SoakSample, double> figure, int top)
    {
        var length = samples[^1].At.TotalSeconds;
        var most = Math.Max(1, samples.Max(figure)) * 1.1;
        double X(TimeSpan at) => Left + at.TotalSeconds / length * (Width - Left - 20);
        double Y(double value) => top + Height - value / most * Height;
        for (var i = 1; i < samples.Count; i++)
        {
            if (!samples[i].IsQuiet)
            {
                Add(svg, $"<rect x=\"{X(samples[i - 1].At):0.0}\" y=\"{top}\" width=\"{X(samples[i].At) - X(samples[i - 1].At):0.0}\" height=\"{Height}\" fill=\"#f3dede\"/>");
            }
        }

        Add(svg, $"<rect x=\"{Left}\" y=\"{top}\" width=\"{Width - Left - 20}\" height=\"{Height}\" fill=\"none\" stroke=\"#999999\"/>");
        Add(svg, $"<text x=\"{Left}\" y=\"{top - 6}\" fill=\"#222222\">{name}</text>");
        Add(svg, $"<text x=\"{Left - 8}\" y=\"{top + 10}\" text-anchor=\"end\" fill=\"#555555\">{most:0}</text>");
        Add(svg, $"<text x=\"{Left - 8}\" y=\"{top + Height}\" text-anchor=\"end\" fill=\"#555555\">0</text>");
        for (var minute = 0; minute <= length / 60; minute += Math.Max(1, (int)(length / 600)))
        {
            Add(svg, $"<text x=\"{X(TimeSpan.FromMinutes(minute)):0.0}\" y=\"{top + Height + 14}\" text-anchor=\"middle\" fill=\"#555555\">{minute}</text>");
        }

        var points = string.Join(' ', samples.Select(sample => string.Create(CultureInfo.InvariantCulture, $"{X(sample.At):0.0},{Y(figure(sample)):0.0}")));
        Add(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.5\"/>");
    }

    private static void Add(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
