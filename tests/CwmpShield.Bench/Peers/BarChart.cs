using System.Globalization;
using System.Net;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>One bar.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">How long it is.</param>
/// <param name="IsOurs">Whether it is the gateway's.</param>
internal sealed record Bar(string Name, double Value, bool IsOurs);

/// <summary>Draws bars as SVG. Where one would make all others unreadable it is cut, and says so.</summary>
internal static class BarChart
{
    private const int Left = 220;
    private const int Width = 860;
    private const int Step = 40;

    /// <summary>The picture.</summary>
    public static string Draw(string title, string unit, IReadOnlyList<Bar> bars)
    {
        var sorted = bars.OrderBy(bar => bar.Value).ToList();
        var longest = sorted[^1].Value > 4 * sorted[^2].Value ? sorted[^2].Value * 1.4 : sorted[^1].Value;
        var height = 60 + Step * sorted.Count;
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{WebUtility.HtmlEncode(title)}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13">""");
        Add(svg, $"""<rect width="{Width}" height="{height}" rx="12" fill="#f8fafc"/><text x="24" y="32" font-size="15" font-weight="600" fill="#0f172a">{WebUtility.HtmlEncode(title)}</text>""");
        for (var i = 0; i < sorted.Count; i++)
        {
            var bar = sorted[i];
            var y = 52 + Step * i;
            var length = Math.Min(bar.Value, longest) / longest * (Width - Left - 130);
            var label = bar.Value > longest ? " (cut)" : "";
            Add(svg, $"""<text x="{Left - 10}" y="{y + 18}" text-anchor="end" fill="#0f172a">{WebUtility.HtmlEncode(bar.Name)}</text>""");
            Add(svg, $"""<rect x="{Left}" y="{y}" width="{length:0}" height="26" rx="4" fill="{(bar.IsOurs ? "#047857" : "#94a3b8")}"/>""");
            Add(svg, $"""<text x="{Left + length + 8:0}" y="{y + 18}" fill="#334155">{bar.Value:#,0} {unit}{label}</text>""");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
