using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class EnvelopeTests
{
    private const string Reboot = "<c:Reboot/>";

    [Theory]
    [InlineData("<s:Body><c:Reboot/></s:Body><s:Body><c:FactoryReset/></s:Body>", WireReason.TwoBodies)]
    [InlineData("<s:Body><c:Reboot/></s:Body><x:Body xmlns:x=\"urn:x\"><c:FactoryReset/></x:Body>", WireReason.TwoBodies)]
    [InlineData("<s:Body><c:Reboot/></s:Body><Body/>", WireReason.TwoBodies)]
    [InlineData("<s:Header/><s:Header/><s:Body><c:Reboot/></s:Body>", WireReason.TwoHeaders)]
    [InlineData("<s:Body><c:Reboot/></s:Body><s:Header/>", WireReason.HeaderAfterBody)]
    [InlineData("<s:Body><c:Reboot/><c:FactoryReset/></s:Body>", WireReason.TwoBodyEntries)]
    [InlineData("<s:Body/>", WireReason.EmptyBody)]
    [InlineData("<s:Body> <!-- <c:Reboot/> --> </s:Body>", WireReason.EmptyBody)]
    [InlineData("", WireReason.NoBody)]
    [InlineData("<s:Header/>", WireReason.NoBody)]
    [InlineData("<s:Body><c:Reboot/></s:Body><c:FactoryReset/>", WireReason.EnvelopeContent)]
    [InlineData("<c:FactoryReset/><s:Body><c:Reboot/></s:Body>", WireReason.EnvelopeContent)]
    [InlineData("<x:Body xmlns:x=\"urn:x\"><c:Reboot/></x:Body>", WireReason.EnvelopeContent)]
    [InlineData("<s:Header>text</s:Header><s:Body><c:Reboot/></s:Body>", WireReason.EnvelopeContent)]
    [InlineData("<s:Body>text</s:Body>", WireReason.EnvelopeContent)]
    [InlineData("text", WireReason.EnvelopeContent)]
    public void Refuses_every_other_arrangement(string content, string reason) => Assert.Equal(reason, Refusal(Open + content + Close));

    [Theory]
    [InlineData("<html/>", WireReason.NotSoap)]
    [InlineData("<s:envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"/>", WireReason.NotSoap)]
    [InlineData("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><a/></s:Body></s:Envelope>", WireReason.SoapVersion)]
    [InlineData("<Envelope><Body><a/></Body></Envelope>", WireReason.SoapVersion)]
    [InlineData("<s:Envelope><s:Body><a/></s:Body></s:Envelope>", WireReason.SoapVersion)]
    public void Refuses_what_is_no_envelope_of_soap_1_1(string body, string reason) => Assert.Equal(reason, Refusal(body));

    [Theory]
    [InlineData("urn:dslforum-org:cwmp-1-5")]
    [InlineData("urn:dslforum-org:cwmp-1-10")]
    [InlineData("urn:dslforum-org:cwmp-2-0")]
    [InlineData("URN:dslforum-org:CWMP-1-0")]
    public void Refuses_other_versions_of_cwmp(string uri) =>
        Assert.Equal(WireReason.CwmpVersion, Refusal(WithBody($"<x:Reboot xmlns:x=\"{uri}\"/>")));

    [Theory]
    [InlineData("urn:dslforum-org:cwmp-1-0")]
    [InlineData("urn:dslforum-org:cwmp-1-1")]
    [InlineData("urn:dslforum-org:cwmp-1-2")]
    [InlineData("urn:dslforum-org:cwmp-1-3")]
    [InlineData("urn:dslforum-org:cwmp-1-4")]
    public void Accepts_all_versions_of_cwmp_in_use(string uri) =>
        Assert.Equal(uri, Read(WithBody($"<x:Reboot xmlns:x=\"{uri}\"/>")).CwmpNamespace);

    [Theory]
    [InlineData("<s:Fault><detail><c:Fault/></detail></s:Fault>", "urn:dslforum-org:cwmp-1-0")]
    [InlineData("<s:Fault><detail><k:Fault xmlns:k=\"urn:dslforum-org:cwmp-1-2\"/></detail></s:Fault>", "urn:dslforum-org:cwmp-1-2")]
    [InlineData("<s:Fault/>", "urn:dslforum-org:cwmp-1-0")]
    [InlineData("<x:Reboot/>", "urn:dslforum-org:cwmp-1-0")]
    public void Finds_the_version_where_the_entry_does_not_name_it(string entry, string expected) =>
        Assert.Equal(expected, Read(WithBody(entry)).CwmpNamespace);

    [Fact]
    public void Accepts_an_envelope_without_a_header_and_without_a_version()
    {
        var envelope = Read("<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\">\n <Body>\n  <Reboot xmlns=\"\"/>\n </Body>\n</Envelope>");

        Assert.Empty(envelope.Headers);
        Assert.Equal("Reboot", envelope.Body.LocalName);
        Assert.Equal("", envelope.CwmpNamespace);
    }

    [Fact]
    public void Accepts_parts_of_the_envelope_under_a_prefix_that_is_not_declared() =>
        Assert.Null(Refusal($"{Open}<soap:Header/><soap:Body>{Reboot}</soap:Body>{Close}"));

    [Fact]
    public void Says_where_it_went_wrong()
    {
        Assert.False(SoapReader.TryRead(Utf8(Open + "\n  <s:Body>\n    <c:Reboot/>\n    <c:Reboot/></s:Body>" + Close), null, SoapLimits.FromAcs, out _, out var error));

        Assert.Equal((4, 6), (error.Line, error.Column));
    }
}
