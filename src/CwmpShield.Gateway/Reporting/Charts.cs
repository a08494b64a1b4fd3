using System.Globalization;

namespace CwmpShield.Gateway.Reporting;

/// <summary>One bar of a chart: a name, and a value for each series.</summary>
internal sealed record Bar(string Name, IReadOnlyList<long> Values);

/// <summary>Pictures of numbers as inline SVG; the numbers themselves stand in a table beside each.</summary>
internal static class Charts
{
    private const double Width = 940;
    private const double Height = 240;
    private const double Left = 64;
    private const double Bottom = 34;
    private const double Top = 12;
    private static readonly string[] Colours = ["#7d8896", "#b42318", "#c77700", "#6f3fa0", "#0b5394", "#3f7f5f"];

    /// <summary>Bars over time, the series on top of each other.</summary>
    public static void Stacked(HtmlWriter html, string title, IReadOnlyList<string> series, IReadOnlyList<Bar> bars)
    {
        var most = Scale(bars.Select(bar => bar.Values.Sum()).DefaultIfEmpty(1).Max());
        using var figure = html.Open("figure");
        Legend(html, series);
        using var svg = Open(html, title, Height);
        Grid(html, most);
        var step = (Width - Left) / Math.Max(1, bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            var y = Height - Bottom;
            for (var s = 0; s < series.Count; s++)
            {
                var tall = bars[i].Values[s] / (double)most * (Height - Bottom - Top);
                if (tall <= 0)
                {
                    continue;
                }

                y -= tall;
                using var rect = html.Open("rect", ("x", N(Left + (i * step) + (step * 0.1))), ("y", N(y)), ("width", N(step * 0.8)), ("height", N(tall)), ("fill", Colours[s % Colours.Length]));
                html.Element("title", string.Create(CultureInfo.InvariantCulture, $"{bars[i].Name}: {series[s]} {bars[i].Values[s]:N0}"));
            }
        }

        Names(html, bars, step);
    }

    /// <summary>One line for each name, the longest first.</summary>
    public static void Lines(HtmlWriter html, string title, IReadOnlyList<Bar> bars)
    {
        const double row = 24;
        const double name = 300;
        var most = Math.Max(1, bars.Select(bar => bar.Values[0]).DefaultIfEmpty(1).Max());
        using var svg = Open(html, title, (bars.Count * row) + 8);
        for (var i = 0; i < bars.Count; i++)
        {
            var y = 4 + (i * row);
            var shown = bars[i].Name.Length > 42 ? bars[i].Name[..41] + "…" : bars[i].Name;
            html.Element("text", shown, ("x", N(name - 8)), ("y", N(y + 16)), ("text-anchor", "end"), ("font-size", "13"), ("fill", "#1b1f24"));
            html.Empty("rect", ("x", N(name)), ("y", N(y + 3)), ("width", N(Math.Max(1, bars[i].Values[0] / (double)most * (Width - name - 90)))), ("height", N(row - 7)), ("fill", "#1f4e79"));
            html.Element(
                "text",
                bars[i].Values[0].ToString("N0", CultureInfo.InvariantCulture),
                ("x", N(name + (bars[i].Values[0] / (double)most * (Width - name - 90)) + 8)),
                ("y", N(y + 16)),
                ("font-size", "13"),
                ("fill", "#1b1f24"));
        }
    }

    /// <summary>The next number above that people read easily: 1, 2, 4 or 8 times a power of ten.</summary>
    private static long Scale(long most)
    {
        var power = 1L;
        while (power * 8 < most)
        {
            power *= 10;
        }

        return power >= most ? power : power * 2 >= most ? power * 2 : power * 4 >= most ? power * 4 : power * 8;
    }

    private static HtmlWriter.Scope Open(HtmlWriter html, string title, double height)
    {
        var svg = html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {N(Width)} {N(height)}"), ("width", N(Width)), ("height", N(height)), ("role", "img"), ("font-family", "system-ui, DejaVu Sans, sans-serif"));
        html.Element("title", title);
        return svg;
    }

    private static void Legend(HtmlWriter html, IReadOnlyList<string> series)
    {
        using var svg = html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {N(Width)} 22"), ("width", N(Width)), ("height", "22"), ("aria-hidden", "true"), ("font-family", "system-ui, DejaVu Sans, sans-serif"));
        var x = Left;
        for (var s = 0; s < series.Count; s++)
        {
            html.Empty("rect", ("x", N(x)), ("y", "5"), ("width", "12"), ("height", "12"), ("fill", Colours[s % Colours.Length]));
            html.Element("text", series[s], ("x", N(x + 18)), ("y", "15.5"), ("font-size", "13"), ("fill", "#1b1f24"));
            x += 34 + (series[s].Length * 7.4);
        }
    }

    private static void Grid(HtmlWriter html, long most)
    {
        for (var i = 0; i <= 4; i++)
        {
            var y = Height - Bottom - (i / 4.0 * (Height - Bottom - Top));
            html.Empty("line", ("x1", N(Left)), ("x2", N(Width)), ("y1", N(y)), ("y2", N(y)), ("stroke", i == 0 ? "#57606a" : "#d0d7de"));
            html.Element("text", (most * i / 4.0).ToString("#,0.#", CultureInfo.InvariantCulture), ("x", N(Left - 8)), ("y", N(y + 4)), ("text-anchor", "end"), ("font-size", "12"), ("fill", "#424a53"));
        }
    }

    private static void Names(HtmlWriter html, IReadOnlyList<Bar> bars, double step)
    {
        var every = Math.Max(1, (int)Math.Ceiling(bars.Count / 10.0));
        for (var i = 0; i < bars.Count; i += every)
        {
            html.Element("text", bars[i].Name, ("x", N(Left + (i * step) + (step / 2))), ("y", N(Height - 12)), ("text-anchor", "middle"), ("font-size", "12"), ("fill", "#424a53"));
        }
    }

    private static string N(double value) => HtmlWriter.Number(value);
}
