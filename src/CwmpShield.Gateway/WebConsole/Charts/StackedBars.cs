using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Charts;

/// <summary>Figures over time as bars of stacked series, with an axis of round numbers. Each bar tells its figures when it is pointed at.</summary>
internal static class StackedBars
{
    private const int Width = 440;
    private const int Height = 170;
    private const int Left = 46;
    private const int Bottom = 22;
    private const int Top = 8;
    private const int MaxLabels = 5;
    private const int LabelWidth = 70;

    /// <summary>Draws <paramref name="series"/>, the first at the bottom, over <paramref name="labels"/> of the places.</summary>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<string> labels, IReadOnlyList<ChartSeries> series)
    {
        var totals = labels.Select((_, place) => series.Sum(one => At(one, place))).ToArray();
        var ceiling = ChartSvg.Ceiling(Math.Max(1, totals.DefaultIfEmpty(0).Max()));
        var content = new StringBuilder();
        Axis(content, ceiling);
        var step = (double)(Width - Left) / Math.Max(1, labels.Count);
        for (var place = 0; place < labels.Count; place++)
        {
            Bar(content, labels[place], series, place, Left + (place * step), step, ceiling);
        }

        var every = Math.Max(1, (labels.Count + MaxLabels - 1) / MaxLabels);
        for (var place = 0; place < labels.Count; place += every)
        {
            // The last one ends with the picture, where it would be cut off.
            var x = Left + (place * step);
            var anchor = x > Width - LabelWidth ? $"""x="{Width}" text-anchor="end" """ : $"""x="{ChartSvg.Point(x)}" """;
            content.Append(CultureInfo.InvariantCulture, $"""<text {anchor}y="{Height - 6}">{ChartSvg.Encode(labels[place])}</text>""");
        }

        return ChartSvg.Frame(id, title, Describe(series, totals), Width, Height, content.ToString());
    }

    private static long At(ChartSeries series, int place) => place < series.Values.Count ? Math.Max(0, series.Values[place]) : 0;

    private static double Scale(long value, long ceiling) => value * (double)(Height - Bottom - Top) / ceiling;

    private static void Axis(StringBuilder content, long ceiling)
    {
        foreach (var mark in new[] { 0, ceiling / 2, ceiling }.Distinct())
        {
            var y = Height - Bottom - Scale(mark, ceiling);
            content.Append(
                CultureInfo.InvariantCulture,
                $"""<line class="grid" x1="{Left}" x2="{Width}" y1="{ChartSvg.Point(y)}" y2="{ChartSvg.Point(y)}"/><text x="{Left - 6}" y="{ChartSvg.Point(y + 4)}" text-anchor="end">{mark:N0}</text>""");
        }
    }

    private static void Bar(StringBuilder content, string label, IReadOnlyList<ChartSeries> series, int place, double x, double step, long ceiling)
    {
        var figures = series.Where(one => At(one, place) > 0).Select(one => $"{one.Name} {At(one, place)}");
        content.Append(CultureInfo.InvariantCulture, $"<g><title>{ChartSvg.Encode($"{label}: {string.Join(", ", figures)}")}</title>");
        var y = (double)(Height - Bottom);
        for (var i = 0; i < series.Count; i++)
        {
            var height = Scale(At(series[i], place), ceiling);
            if (height > 0)
            {
                y -= height;
                content.Append(
                    CultureInfo.InvariantCulture,
                    $"""<rect class="{ChartSvg.ClassOf(i)}" x="{ChartSvg.Point(x + (step * 0.1))}" y="{ChartSvg.Point(y)}" width="{ChartSvg.Point(step * 0.8)}" height="{ChartSvg.Point(height)}"/>""");
            }
        }

        content.Append("</g>");
    }

    private static string Describe(IReadOnlyList<ChartSeries> series, long[] totals) => totals.Length == 0
        ? "No figures."
        : string.Join(", ", series.Select(one => $"{one.Name} {one.Values.Sum()}")) + $" in all; {totals.Max()} at most at one place.";
}
