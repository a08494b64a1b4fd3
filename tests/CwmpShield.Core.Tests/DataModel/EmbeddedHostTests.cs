using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.DataModel;

/// <summary>Hosts that stand inside longer texts.</summary>
public sealed class EmbeddedHostTests
{
    [Theory]
    [InlineData("203.0.113.66", "203.0.113.66")]
    [InlineData("dns=203.0.113.66", "203.0.113.66")]
    [InlineData("LAN1,203.0.113.66;192.0.2.1", "203.0.113.66 192.0.2.1")]
    [InlineData("nameserver 203.0.113.66.", "203.0.113.66")]
    [InlineData("server:203.0.113.66", "203.0.113.66")]
    [InlineData("203.0.113.66:53", "203.0.113.66")]
    [InlineData("203.0.113.0/24", "203.0.113.0")]
    [InlineData("udp@203.0.113.66#53", "203.0.113.66")]
    [InlineData("dns 2001:db8:bad::1", "2001:db8:bad::1")]
    [InlineData("[2001:db8:bad::1]", "2001:db8:bad::1")]
    [InlineData("::ffff:203.0.113.66", "203.0.113.66")]
    [InlineData("{\"u\":\"https://user@Evil.example:8443/a?b=http://two.example\"}", "evil.example two.example")]
    [InlineData("//evil.example/a.js", "evil.example")]
    [InlineData("PROXY evil.example:3128", "evil.example")]
    public void Finds_hosts(string text, string expected)
    {
        List<ValueElement> elements = [];

        Assert.True(ValueReader.TryRead(ValueKind.Endpoints, text, elements));
        Assert.Equal(Hosts(expected), elements.Select(e => e.Host with { Port = 0 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AA:BB:CC:00:11:22")]
    [InlineData("12:30:45 and a::b")]
    [InlineData("1.3.6.1.4.1 V3.1.0.22 fw-3.1.0.22 1.2.3")]
    [InlineData("INTERNET,TR069 user@mail.example and/or c.d")]
    public void Finds_no_host(string text)
    {
        List<ValueElement> elements = [];

        Assert.True(ValueReader.TryRead(ValueKind.Endpoints, text, elements));
        Assert.Empty(elements);
    }

    [Fact]
    public void Cannot_read_a_URL_whose_host_has_no_one_meaning() => Assert.False(ValueReader.TryRead(ValueKind.Endpoints, "see https://0xcb007142/", []));

    [Fact]
    public void Cannot_read_more_hosts_than_a_list_may_have() =>
        Assert.False(ValueReader.TryRead(ValueKind.Endpoints, string.Join(' ', Enumerable.Repeat("203.0.113.66", ValueReader.MaxElements + 1)), []));

    [Theory]
    [InlineData("sip:1001@evil.example", "evil.example")]
    [InlineData("SIPS:1001@evil.example:5061;transport=tcp", "evil.example")]
    [InlineData("sip:evil.example", "evil.example")]
    [InlineData("1001@sip.example@evil.example", "evil.example")]
    [InlineData("sip:+4930@[2001:db8::1]?x=y", "2001:db8::1")]
    [InlineData("evil.example:5060", "evil.example")]
    [InlineData("4930123456", "")]
    [InlineData("alice", "")]
    [InlineData("+49.30.123456", "")]
    [InlineData("tel:+4930123456", "")]
    [InlineData("", "")]
    public void Reads_the_host_of_a_SIP_address(string text, string expected)
    {
        List<ValueElement> elements = [];

        Assert.True(ValueReader.TryRead(ValueKind.SipUri, text, elements));
        Assert.Equal(Hosts(expected), elements.Select(e => e.Host with { Port = 0 }));
    }

    [Theory]
    [InlineData("sip:1001@0xcb007142")]
    [InlineData("1001@")]
    [InlineData("sip:")]
    [InlineData("sip:a@b c")]
    [InlineData("http://evil.example/x")]
    public void Cannot_read_a_SIP_address_whose_host_has_no_one_meaning(string text) => Assert.False(ValueReader.TryRead(ValueKind.SipUri, text, []));

    private static IEnumerable<HostValue> Hosts(string written) =>
        written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => HostValue.TryParse(w, out var host) ? host : throw new ArgumentException(w, nameof(written)));
}
