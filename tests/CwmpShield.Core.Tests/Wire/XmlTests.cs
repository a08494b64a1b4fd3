using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class XmlTests
{
    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE s:Envelope []>", WireReason.Doctype)]
    [InlineData("<!DOCTYPE s:Envelope SYSTEM \"file:///etc/passwd\">", WireReason.Doctype)]
    [InlineData("<!DOCTYPE s:Envelope [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>", WireReason.Doctype)]
    [InlineData("<?xml version=\"1.1\"?>", WireReason.XmlVersion)]
    [InlineData("<?xml version='2.0' encoding='utf-8'?>", WireReason.XmlVersion)]
    [InlineData("text ", WireReason.NotWellFormed)]
    [InlineData("<!-- <?xml version=\"1.0\"?> --><?xml version=\"1.0\"?>", WireReason.NotWellFormed)]
    [InlineData("<!-- a -- b -->", WireReason.NotWellFormed)]
    public void Refuses_before_the_envelope(string prolog, string reason) => Assert.Equal(reason, Refusal(prolog + WithValue("1")));

    [Theory]
    [InlineData("<s:Envelope/>")]
    [InlineData("text")]
    [InlineData("<c:Reboot/>")]
    [InlineData("<![CDATA[x]]>")]
    [InlineData("&amp;")]
    [InlineData("</s:Envelope>")]
    public void Refuses_what_follows_the_envelope(string trailer) => Assert.Equal(WireReason.TrailingContent, Refusal(WithValue("1") + trailer));

    [Theory]
    [InlineData("\n\r\n \t")]
    [InlineData("<!-- done -->\n")]
    [InlineData("<?vendor hint?>")]
    public void Accepts_what_means_nothing_behind_the_envelope(string trailer) => Assert.Null(Refusal(WithValue("1") + trailer));

    [Theory]
    [InlineData("&nbsp;")]
    [InlineData("&xxe;")]
    [InlineData("&")]
    [InlineData("a & b")]
    [InlineData("&#0;")]
    [InlineData("&#x1F;")]
    [InlineData("&#xFFFE;")]
    [InlineData("&#xD800;")]
    [InlineData("&#1114112;")]
    [InlineData("]]>")]
    [InlineData("<")]
    [InlineData("<b>")]
    [InlineData("</b>")]
    [InlineData("<![CDATA[")]
    [InlineData("<!-- ")]
    [InlineData("<?pi")]
    [InlineData("\uFFFE")]
    public void Refuses_values_that_are_not_well_formed(string value) => Assert.Equal(WireReason.NotWellFormed, Refusal(WithValue(value)));

    [Theory]
    [InlineData("a=\"1\" a=\"2\"", WireReason.NotWellFormed)]
    [InlineData("a=\"&nbsp;\"", WireReason.NotWellFormed)]
    [InlineData("a=\"<\"", WireReason.NotWellFormed)]
    [InlineData("a=1", WireReason.NotWellFormed)]
    [InlineData("a", WireReason.NotWellFormed)]
    [InlineData("s:a=\"1\" t:a=\"2\" xmlns:t=\"http://schemas.xmlsoap.org/soap/envelope/\"", WireReason.DuplicateAttribute)]
    [InlineData("p:a=\"1\" q:a=\"2\"", WireReason.DuplicateAttribute)]
    [InlineData("p:q:r=\"1\"", WireReason.BadName)]
    [InlineData(":a=\"1\"", WireReason.BadName)]
    [InlineData("p:1=\"1\"", WireReason.BadName)]
    [InlineData("xmlns:p=\"\"", WireReason.BadNamespace)]
    [InlineData("xmlns:xmlns=\"urn:x\"", WireReason.BadNamespace)]
    [InlineData("xmlns:xml=\"urn:x\"", WireReason.BadNamespace)]
    [InlineData("xmlns:p=\"http://www.w3.org/XML/1998/namespace\"", WireReason.BadNamespace)]
    [InlineData("xmlns=\"http://www.w3.org/2000/xmlns/\"", WireReason.BadNamespace)]
    [InlineData("href=\"#1\"", WireReason.SoapMultiref)]
    [InlineData("e:root=\"1\" xmlns:e=\"http://schemas.xmlsoap.org/soap/encoding/\"", WireReason.SoapMultiref)]
    public void Refuses_attributes(string attributes, string reason) =>
        Assert.Equal(reason, Refusal(WithBody($"<c:Reboot><CommandKey {attributes}>1</CommandKey></c:Reboot>")));

    [Fact]
    public void Reads_past_a_number_that_nothing_may_refer_to()
    {
        var body = Read(Utf8(WithValue("x").Replace("<s:Body>", "<s:Body id=\"_0\">", StringComparison.Ordinal).Replace("<CommandKey>", "<CommandKey id=\"1\">", StringComparison.Ordinal))).Body;

        Assert.Equal("x", body.Children[0].Text);
        Assert.Empty(body.Children[0].Attributes);
    }

    [Theory]
    [InlineData("<a:b:c/>", WireReason.BadName)]
    [InlineData("<:a/>", WireReason.BadName)]
    [InlineData("<a:/>", WireReason.BadName)]
    [InlineData("<a:-b/>", WireReason.BadName)]
    [InlineData("<a/>text", WireReason.MixedContent)]
    [InlineData("text<a/>", WireReason.MixedContent)]
    [InlineData("<a/><![CDATA[x]]>", WireReason.MixedContent)]
    [InlineData("<!-- ' -->x<!-- ' --><a/>", WireReason.MixedContent)]
    public void Refuses_content(string content, string reason) =>
        Assert.Equal(reason, Refusal(WithBody($"<c:X_1>{content}</c:X_1>")));

    [Theory]
    [InlineData("a&lt;b&gt;&amp;&quot;&apos;", "a<b>&\"'")]
    [InlineData("<![CDATA[<b>&amp;</b>]]>", "<b>&amp;</b>")]
    [InlineData("1<!-- 2 -->3<![CDATA[4]]>5<?p 6?>7", "13457")]
    [InlineData("\r\n|\r|\n", "\n|\n|\n")]
    [InlineData("&#13;&#10;|&#xD;", "\r\n|\r")]
    [InlineData("  two  spaces ", "  two  spaces ")]
    [InlineData(" ", " ")]
    [InlineData("", "")]
    [InlineData("&#x1F600;é\u0085\u2028", "\U0001F600é\u0085\u2028")]
    [InlineData("<!-- ' --><![CDATA[x]]><!-- ' -->", "x")]
    public void Reads_a_value_to_the_character(string value, string expected) => Assert.Equal(expected, ReadValue(value));

    [Fact]
    public void Keeps_no_message_of_the_parser_which_may_be_long_and_quotes_the_body()
    {
        var body = Utf8(Open + "<s:Body>" + string.Concat(Enumerable.Repeat("<secret-name>", 20)));

        Assert.False(SoapReader.TryRead(body, null, SoapLimits.FromDevice, out _, out var error));

        Assert.Equal(WireReason.NotWellFormed, error.Reason);
        Assert.DoesNotContain("secret-name", error.Detail, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void Resolves_prefixes_by_their_place()
    {
        var entry = Read(WithBody("""<p:X_1 xmlns:p="urn:a"><p:b xmlns:p="urn:b"/><p:c/><d xmlns="urn:d"/><e/></p:X_1>""")).Body;

        Assert.Equal("urn:a", entry.Namespace);
        Assert.Equal("urn:b urn:a urn:d ", string.Join(' ', entry.Children.Select(c => c.Namespace)));
    }

    [Fact]
    public void Resolves_one_attribute_anew_where_its_prefixes_mean_something_else()
    {
        var entry = Read(WithBody("""
            <c:X_1 xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="urn:a"><a i:type="p:t"/><b i:type="p:t"/><c xmlns:p="urn:b"><d i:type="p:t"/></c><e i:type="p:t"/></c:X_1>
            """)).Body;

        SoapElement[] typed = [entry.Children[0], entry.Children[1], entry.Children[2].Children[0], entry.Children[3]];
        Assert.Equal("urn:a urn:a urn:b urn:a", string.Join(' ', typed.Select(t => t.Attributes[0].ValueNamespace)));
    }

    [Fact]
    public void Accepts_a_prefix_that_is_not_declared()
    {
        var entry = Read(WithBody("<foo:X_1 bar:a=\"1\"/>")).Body;

        Assert.Equal(("X_1", ""), (entry.LocalName, entry.Namespace));
        Assert.Equal(new SoapAttribute("a", "", "1"), entry.Attributes[0]);
    }

    [Fact]
    public void Lists_every_declared_namespace_once_wherever_it_is_declared()
    {
        var envelope = Read(WithBody("""<c:X_1><a xmlns:u="urn:dslforum-org:service:Time:1"/><b xmlns:w="urn:dslforum-org:service:Time:1"/></c:X_1>"""));

        string[] expected = ["http://schemas.xmlsoap.org/soap/envelope/", "urn:dslforum-org:cwmp-1-0", "urn:dslforum-org:service:Time:1"];
        Assert.Equal(string.Join(' ', expected), string.Join(' ', envelope.DeclaredNamespaces));
    }
}
