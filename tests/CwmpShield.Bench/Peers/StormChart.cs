using System.Globalization;
using System.Net;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>Draws what a fleet met as SVG: one panel for each run, on the same axes.</summary>
internal static class StormChart
{
    private const int Left = 70;
    private const int Width = 860;
    private const int Panel = 210;
    private const int Head = 60;
    private static readonly (StormEnd End, string Name, string Colour)[] Lines =
    [
        (StormEnd.Completed, "sessions completed", "#047857"), (StormEnd.Postponed, "told to come again (503)", "#d97706"), (StormEnd.Closed, "closed or timed out", "#b91c1c"),
    ];

    /// <summary>The picture.</summary>
    public static string Draw(string title, IReadOnlyList<(string Name, StormLog Log)> runs)
    {
        var svg = new StringBuilder();
        var height = Head + (runs.Count * Panel) + 20;
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{WebUtility.HtmlEncode(title)}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13">""");
        Add(svg, $"""<rect width="{Width}" height="{height}" rx="12" fill="#f8fafc"/><text x="24" y="28" font-size="15" font-weight="600" fill="#0f172a">{WebUtility.HtmlEncode(title)}</text>""");
        for (var i = 0; i < Lines.Length; i++)
        {
            Add(svg, $"""<path d="M{24 + (i * 210)} 46h18" stroke="{Lines[i].Colour}" stroke-width="3"/><text x="{48 + (i * 210)}" y="50" fill="#334155">{Lines[i].Name}</text>""");
        }

        var long1 = runs.Max(run => run.Log.Seconds.Count);
        var high = runs.Max(run => run.Log.Seconds.Max(second => second.Max()));
        for (var i = 0; i < runs.Count; i++)
        {
            Run(svg, Head + (i * Panel), runs[i].Name, runs[i].Log, long1, high);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Run(StringBuilder svg, int top, string name, StormLog log, int seconds, int high)
    {
        var bottom = top + Panel - 36;
        var (width, tall) = (Width - Left - 40.0, bottom - top - 30.0);
        Add(svg, $"""<text x="{Left + 8}" y="{top + 20}" font-weight="600" fill="#0f172a">{WebUtility.HtmlEncode(name)}</text><path d="M{Left} {top + 10}V{bottom}H{Width - 40}" fill="none" stroke="#64748b"/>""");
        Add(svg, $"""<text x="{Left - 8}" y="{top + 34}" text-anchor="end" fill="#475569">{high:#,0}</text><text x="{Left - 8}" y="{bottom}" text-anchor="end" fill="#475569">0</text><text x="{Left - 8}" y="{top + 16}" text-anchor="end" fill="#475569">a second</text>""");
        foreach (var (end, _, colour) in Lines)
        {
            var points = log.Seconds.Select((second, at) => string.Create(CultureInfo.InvariantCulture, $"{Left + ((at + 0.5) / seconds * width):0.#},{bottom - ((double)second[(int)end] / high * tall):0.#}"));
            Add(svg, $"""<polyline fill="none" stroke="{colour}" stroke-width="2" points="{string.Join(' ', points)}"/>""");
        }

        for (var at = 0; at <= seconds; at += seconds > 200 ? 60 : seconds > 60 ? 20 : 5)
        {
            Add(svg, $"""<text x="{Left + (at / (double)seconds * width):0.#}" y="{bottom + 18}" text-anchor="middle" fill="#475569">{at} s</text>""");
        }
    }

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
