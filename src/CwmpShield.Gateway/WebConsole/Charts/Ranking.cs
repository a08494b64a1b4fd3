using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Charts;

/// <summary>Names and figures as horizontal bars, the largest first.</summary>
internal static class Ranking
{
    private const int Width = 420;
    private const int Row = 22;
    private const int Names = 190;
    private const int Figures = 56;
    private const int MaxName = 28;

    /// <summary>Draws <paramref name="rows"/> in the order that they are given in.</summary>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<(string Name, long Value)> rows)
    {
        var largest = Math.Max(1, rows.Select(row => row.Value).DefaultIfEmpty(0).Max());
        var content = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, value) = rows[i];
            var length = (double)Math.Max(0, value) / largest * (Width - Names - Figures);
            content.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="0" y="{(i * Row) + 15}">{ChartSvg.Encode(name.Length > MaxName ? name[..(MaxName - 1)] + "…" : name)}</text><rect class="s1" x="{Names}" y="{(i * Row) + 5}" width="{ChartSvg.Point(length)}" height="12" rx="2"/><text x="{ChartSvg.Point(Names + length + 6)}" y="{(i * Row) + 15}">{value:N0}</text>""");
        }

        var description = rows.Count == 0 ? "No figures." : string.Join(", ", rows.Select(row => $"{row.Name} {row.Value}")) + ".";
        return ChartSvg.Frame(id, title, description, Width, Math.Max(1, rows.Count) * Row, content.ToString());
    }
}
