using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Charts;

/// <summary>The frame that every picture shares: its title and description for those who don't see it, and classes in place of styles.</summary>
internal static class ChartSvg
{
    /// <summary>Colours of the style sheet; a seventh series takes the first again.</summary>
    private const int Colours = 6;

    /// <summary>Round numbers in tenths of a power of ten.</summary>
    private static readonly long[] Rounds = [10, 20, 25, 50, 100];

    /// <summary>A picture of <paramref name="width"/> by <paramref name="height"/> units that grows with its place.</summary>
    /// <param name="id">Names it on its page; letters, digits and dashes.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen, in words.</param>
    /// <param name="width">Units across.</param>
    /// <param name="height">Units down.</param>
    /// <param name="content">SVG inside, already encoded.</param>
    public static IHtmlContent Frame(string id, string title, string description, int width, int height, string content) => new HtmlString(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{Encode(title)}</title><desc id="{id}-desc">{Encode(description)}</desc>{content}</svg>"""));

    /// <summary>Text for SVG.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Class of the series at <paramref name="index"/>.</summary>
    public static string ClassOf(int index) => "s" + ((index % Colours) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A coordinate, to a tenth of a unit.</summary>
    public static string Point(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The round number at or above <paramref name="largest"/> that an axis ends with; at least 1.</summary>
    public static long Ceiling(long largest)
    {
        var step = 1L;
        while (step * 10 <= largest && step < long.MaxValue / 100)
        {
            step *= 10;
        }

        return Rounds.Where(factor => step > 1 || factor % 10 == 0).Select(factor => factor * step / 10).First(round => round >= largest || round == step * 10);
    }
}
