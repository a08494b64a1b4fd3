using System.Globalization;
using System.Net;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>Draws curves as SVG, both axes from zero.</summary>
internal static class LineChart
{
    private const int Left = 90;
    private const int Top = 50;
    private const int Width = 860;
    private const int Height = 340;
    private static readonly string[] Colours = ["#047857", "#b45309", "#1d4ed8"];

    /// <summary>The picture of one curve.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="across">What goes to the right.</param>
    /// <param name="unit">What goes up.</param>
    /// <param name="points">The points, in order.</param>
    public static string Draw(string title, string across, string unit, IReadOnlyList<(double X, double Y)> points) => Draw(title, across, unit, [("", points)]);

    /// <summary>The picture of curves of the same places to the right, three at most, with their names beside their ends.</summary>
    public static string Draw(string title, string across, string unit, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> curves)
    {
        var (right, high) = (curves[0].Points.Max(point => point.X), curves.Max(curve => curve.Points.Max(point => point.Y)) * 1.1);
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="{WebUtility.HtmlEncode(title)}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13">""");
        Add(svg, $"""<rect width="{Width}" height="{Height}" rx="12" fill="#f8fafc"/><text x="24" y="30" font-size="15" font-weight="600" fill="#0f172a">{WebUtility.HtmlEncode(title)}</text>""");
        Add(svg, $"""<path d="M{Left} {Top}V{Height - 50}H{Width - 30}" fill="none" stroke="#64748b"/>""");
        for (var i = 0; i < curves.Count; i++)
        {
            Curve(svg, curves[i].Name, Colours[i], [.. curves[i].Points.Select(point => (Left + (point.X / right * (Width - Left - 60)), Height - 50 - (point.Y / high * (Height - 50 - Top)), point))]);
        }

        foreach (var (x, _) in curves[0].Points)
        {
            Add(svg, $"""<text x="{Left + (x / right * (Width - Left - 60)):0}" y="{Height - 32}" text-anchor="middle" fill="#334155">{x:#,0.##}</text>""");
        }

        Add(svg, $"""<text x="{(Left + Width) / 2}" y="{Height - 10}" text-anchor="middle" fill="#475569">{WebUtility.HtmlEncode(across)}</text><text x="24" y="{Top + 4}" fill="#475569">{WebUtility.HtmlEncode(unit)}</text>""");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Curve(StringBuilder svg, string name, string colour, List<(double X, double Y, (double X, double Y) Point)> places)
    {
        Add(svg, $"""<polyline fill="none" stroke="{colour}" stroke-width="2" points="{string.Join(' ', places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:0},{place.Y:0}")))}"/>""");
        foreach (var (x, y, point) in places)
        {
            var figure = point.Y.ToString(point.Y < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);
            Add(svg, $"""<circle cx="{x:0}" cy="{y:0}" r="4" fill="{colour}"/><text x="{x:0}" y="{y - 10:0}" text-anchor="middle" fill="#334155">{figure}</text>""");
        }

        Add(svg, $"""<text x="{places[^1].X - 30:0}" y="{places[^1].Y - 26:0}" text-anchor="end" fill="{colour}">{WebUtility.HtmlEncode(name)}</text>""");
    }

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
