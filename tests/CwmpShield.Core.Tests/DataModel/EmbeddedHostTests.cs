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
    [InlineData("user:pw@evil.example:3128", "evil.example")]
    [InlineData("dns:evil.example:3128", "evil.example")]
    [InlineData("a//http://evil.example/", "evil.example")]
    [InlineData("http://good.example/http://evil.example/", "good.example evil.example")]
    [InlineData("http:///evil.example/", "evil.example")]
    [InlineData("file:///etc/hosts file://evil.example/x", "evil.example")]
    [InlineData("203.0.113.66-203.0.113.70", "203.0.113.66 203.0.113.70")]
    [InlineData("dns=64:ff9b::cb00:7142", "64:ff9b::cb00:7142")]
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
    [InlineData("AA:BB:CC:FF:FE:00:11:22 3.1.0.22-rc1 2026.01.02.03 1.2.3.400")]
    public void Finds_no_host(string text)
    {
        List<ValueElement> elements = [];

        Assert.True(ValueReader.TryRead(ValueKind.Endpoints, text, elements));
        Assert.Empty(elements);
    }

    [Fact]
    public void Cannot_read_a_URL_whose_host_has_no_one_meaning() => Assert.False(ValueReader.TryRead(ValueKind.Endpoints, "see https://0xcb007142/", []));

    [Theory]
    [InlineData(' ')]
    [InlineData('@')]
    public void Cannot_read_more_hosts_than_a_list_may_have_in_one_word_or_many(char between) =>
        Assert.False(ValueReader.TryRead(ValueKind.Endpoints, string.Join(between, Enumerable.Repeat("203.0.113.66", ValueReader.MaxElements + 1)), []));

    [Theory]
    [InlineData("dns=203.000.113.066")]
    [InlineData("0313.0.113.66")]
    public void Cannot_read_an_address_that_other_readers_take_for_octal(string text) => Assert.False(ValueReader.TryRead(ValueKind.Endpoints, text, []));

    [Theory]
    [InlineData("//")]
    [InlineData("://")]
    [InlineData("@")]
    [InlineData(":")]
    [InlineData("a:1@")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData(";maddr=")]
    public async Task Reads_a_text_of_nothing_but_beginnings_of_hosts_without_going_over_it_for_each(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000));
        var reading = Task.Run(() => ValueReader.TryRead(ValueKind.Endpoints, text, []) | ValueReader.TryRead(ValueKind.SipUri, "sip:" + text, []));

        // Going over it for each would take hours.
        await reading.WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("sip:1001@evil.example", "evil.example")]
    [InlineData("SIPS:1001@evil.example:5061;transport=tcp", "evil.example")]
    [InlineData("sip:evil.example", "evil.example")]
    [InlineData("1001@sip.example@evil.example", "sip.example evil.example")]
    [InlineData("sip:+4930@[2001:db8::1]?x=y", "2001:db8::1")]
    [InlineData("evil.example:5060", "evil.example")]
    [InlineData("sip:1001@good.example;lr;MADDR=203.0.113.66", "good.example 203.0.113.66")]
    [InlineData("sip:good.example;maddr=evil.example", "good.example evil.example")]
    [InlineData("sip:1001@evil.example;x=@good.example", "evil.example good.example")]
    [InlineData("evil.example;transport=tcp", "evil.example")]
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
    [InlineData("sip:evil.example;x=@good.example")]
    [InlineData("sip:evil.example?x=@good.example")]
    [InlineData("sip:evil.example 1001@good.example")]
    [InlineData("<sip:evil.example>;x=1@good.example")]
    [InlineData("sip:evil.example/1001@good.example")]
    [InlineData("sip:1001@good.example?Route=%3Csip:evil.example%3E")]
    [InlineData("sip:1001@good.example;%6daddr=evil.example")]
    [InlineData("<evil.example>")]
    [InlineData("xmpp:evil.example")]
    [InlineData("tel:evil.example/")]
    [InlineData("203.0.113.066")]
    public void Cannot_read_a_SIP_address_whose_host_has_no_one_meaning(string text) => Assert.False(ValueReader.TryRead(ValueKind.SipUri, text, []));

    private static IEnumerable<HostValue> Hosts(string written) =>
        written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => HostValue.TryParse(w, out var host) ? host : throw new ArgumentException(w, nameof(written)));
}
