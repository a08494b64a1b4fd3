using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class DhcpOptionTests
{
    [Theory]
    [InlineData(6, false, "CB007142")]
    [InlineData(6, false, "cb:00:71:42")]
    [InlineData(6, false, "0xCB007142")]
    [InlineData(6, false, "ywBxQg==")]
    [InlineData(6, false, "203.0.113.66")]
    [InlineData(42, false, "C0000235CB007142")]
    [InlineData(33, false, "00000000CB007142")]
    [InlineData(121, false, "00CB007142")]
    [InlineData(249, false, "18C00002CB007142")]
    [InlineData(3, false, " 192.0.2.1, 203.0.113.66 ")]
    public void Reads_addresses_in_every_coding(int tag, bool v6, string value)
    {
        List<ValueElement> elements = [];

        Assert.True(DhcpOption.TryRead(tag, v6, value, elements));
        Assert.True(IpValue.TryParse("203.0.113.66", out var foreign));
        Assert.Contains(elements, e => e.Ip == foreign);
    }

    [Fact]
    public void Reads_resolvers_of_DHCPv6()
    {
        List<ValueElement> elements = [];

        Assert.True(DhcpOption.TryRead(23, true, "20010DB8000000000000000000000053", elements));
        Assert.True(IpValue.TryParse("2001:db8::53", out var resolver));
        Assert.Equal(resolver, Assert.Single(elements).Ip);
    }

    [Theory]
    [InlineData(15, "evil.example")]
    [InlineData(15, "6576696c2e6578616d706c65")]
    [InlineData(15, "ZXZpbC5leGFtcGxl")]
    [InlineData(119, "046576696c076578616d706c6500")]
    [InlineData(119, "BGV2aWwHZXhhbXBsZQA=")]
    [InlineData(66, "evil.example")]
    public void Reads_names_in_every_coding(int tag, string value)
    {
        List<ValueElement> elements = [];

        Assert.True(DhcpOption.TryRead(tag, false, value, elements));
        Assert.Equal("evil.example", Assert.Single(elements).Host.Name);
    }

    [Theory]
    [InlineData(252, "http://evil.example/wpad.dat")]
    [InlineData(252, "687474703a2f2f6576696c2e6578616d706c652f777061642e646174")]
    public void Reads_urls(int tag, string value)
    {
        List<ValueElement> elements = [];

        Assert.True(DhcpOption.TryRead(tag, false, value, elements));
        Assert.Equal("evil.example", Assert.Single(elements).Url!.Host.Name);
    }

    [Theory]
    [InlineData(6, "CB0071")]
    [InlineData(6, "not an address")]
    [InlineData(6, "0313.0.0161.0102")]
    [InlineData(121, "FFCB007142")]
    [InlineData(121, "18C0")]
    [InlineData(252, "wpad")]
    public void Refuses_values_without_a_meaning_under_the_tag(int tag, string value) => Assert.False(DhcpOption.TryRead(tag, false, value, []));
}
