using CwmpShield.Gateway.Reporting;

namespace CwmpShield.Gateway.Tests.Reporting;

public sealed class HtmlWriterTests
{
    [Theory]
    [InlineData("<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;")]
    [InlineData("a\u0000\u001B\u202E\u2066b", "a\uFFFD\uFFFD\uFFFD\uFFFDb")]
    [InlineData("line\nline", "line\nline")]
    public void Escapes_every_text_and_every_value_of_an_attribute(string text, string escaped)
    {
        using var output = new StringWriter();
        new HtmlWriter(output).Element("p", text, ("title", text));

        Assert.Equal($"<p title=\"{escaped}\">{escaped}</p>", output.ToString());
    }

    [Fact]
    public void Lets_no_half_of_a_pair_through()
    {
        using var output = new StringWriter();
        new HtmlWriter(output).Text("a" + (char)0xD800);

        Assert.Equal("a\uFFFD", output.ToString());
    }
}
