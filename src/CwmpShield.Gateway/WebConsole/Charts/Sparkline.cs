using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Charts;

/// <summary>A small line that tells a course, without axes.</summary>
internal static class Sparkline
{
    private const int Width = 120;
    private const int Height = 28;
    private const double Edge = 2;

    /// <summary>Draws <paramref name="values"/> from left to right.</summary>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<long> values)
    {
        var largest = Math.Max(1, values.DefaultIfEmpty(0).Max());
        var step = values.Count > 1 ? (Width - (2 * Edge)) / (values.Count - 1) : 0;
        var points = values.Select((value, i) =>
            $"{ChartSvg.Point(Edge + (i * step))},{ChartSvg.Point(Height - Edge - (Math.Max(0, value) * (Height - (2 * Edge)) / largest))}");
        var description = values.Count == 0 ? "No figures." : $"From {values[0]} to {values[^1]}, {values.Max()} at most.";
        return ChartSvg.Frame(id, title, description, Width, Height, $"""<polyline class="line" points="{string.Join(' ', points)}"/>""");
    }
}
