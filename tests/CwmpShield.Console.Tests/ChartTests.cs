using System.Text.Encodings.Web;
using System.Xml.Linq;
using CwmpShield.Gateway.WebConsole.Charts;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Console.Tests;

public sealed class ChartTests
{
    private const string Hostile = "<script>alert(1)</script>\"'";

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(11, 20)]
    [InlineData(204, 250)]
    [InlineData(500, 500)]
    [InlineData(501, 1000)]
    public void Ends_an_axis_with_a_round_number(long largest, long ceiling) => Assert.Equal(ceiling, ChartSvg.Ceiling(largest));

    [Fact]
    public void Draws_well_formed_pictures_that_tell_what_they_show_and_hold_no_markup_of_others()
    {
        IHtmlContent[] pictures =
        [
            Sparkline.Draw("a", Hostile, [1, 5, 0]),
            Sparkline.Draw("a", Hostile, []),
            StackedBars.Draw("a", Hostile, ["10:00", Hostile], [new(Hostile, [3, 4]), new("held", [1])]),
            StackedBars.Draw("a", Hostile, [], []),
            Ranking.Draw("a", Hostile, [(Hostile, 7), ("x", 0)]),
        ];
        foreach (var picture in pictures)
        {
            using var text = new StringWriter();
            picture.WriteTo(text, HtmlEncoder.Default);
            var svg = XElement.Parse(text.ToString());
            Assert.Equal("a-title a-desc", svg.Attribute("aria-labelledby")!.Value);
            Assert.Equal(Hostile, svg.Elements().First(one => one.Name.LocalName == "title").Value);
            Assert.NotEmpty(svg.Elements().First(one => one.Name.LocalName == "desc").Value);
            Assert.DoesNotContain(svg.Descendants(), one => one.Name.LocalName == "script" || one.Attribute("style") is not null);
        }
    }

    [Fact]
    public void Stacks_bars_to_the_height_of_their_figures()
    {
        using var text = new StringWriter();
        StackedBars.Draw("a", "t", ["x"], [new("low", [30]), new("high", [70])]).WriteTo(text, HtmlEncoder.Default);
        var bars = XElement.Parse(text.ToString()).Descendants().Where(one => one.Name.LocalName == "rect").Select(bar => double.Parse(bar.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(70.0 / 30, bars[1] / bars[0], 2);
    }
}
