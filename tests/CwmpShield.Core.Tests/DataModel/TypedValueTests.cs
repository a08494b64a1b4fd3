using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class TypedValueTests
{
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:0DB8:0:0:0:0:0:1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("192.0.2.0/24")]
    [InlineData("2001:db8::/32")]
    [InlineData("::ffff:192.0.2.1")]
    public void Accepts_addresses_of_one_meaning(string text) => Assert.True(IpValue.TryParse(text, out _));

    [Theory]
    [InlineData("0300.0250.1.1")]
    [InlineData("192.0.02.1")]
    [InlineData("0xC0000201")]
    [InlineData("0xc0.0.2.1")]
    [InlineData("3221225985")]
    [InlineData("192.0.513")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.1.")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("::192.0.2.1")]
    [InlineData("::ffff:192.0.02.1")]
    [InlineData("[::1]")]
    [InlineData("1::2::3")]
    [InlineData("192.0.2.0/033")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/24/1")]
    [InlineData("１92.0.2.1")]
    [InlineData("")]
    public void Refuses_addresses_that_readers_take_differently(string text) => Assert.False(IpValue.TryParse(text, out _));

    [Fact]
    public void Takes_a_mapped_address_for_the_address_it_maps()
    {
        Assert.True(IpValue.TryParse("::ffff:192.0.2.1", out var mapped));
        Assert.True(IpValue.TryParse("192.0.2.1", out var plain));
        Assert.True(IpValue.TryParse("::FFFF:C000:0201", out var hex));
        Assert.Equal(plain, mapped);
        Assert.Equal(plain, hex);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "10.0.0.0/16", true)]
    [InlineData("10.0.0.0/16", "10.0.0.0/8", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("0.0.0.0/0", "192.0.2.1", true)]
    public void Knows_what_lies_in_a_network(string network, string address, bool expected)
    {
        Assert.True(IpValue.TryParse(network, out var outer));
        Assert.True(IpValue.TryParse(address, out var inner));
        Assert.Equal(expected, outer.Contains(inner));
    }

    [Theory]
    [InlineData("Example.NET", "example.net", 0)]
    [InlineData("example.net.", "example.net", 0)]
    [InlineData("example.net:123", "example.net", 123)]
    [InlineData("bücher.example", "xn--bcher-kva.example", 0)]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example", 0)]
    [InlineData("a_b.example", "a_b.example", 0)]
    public void Accepts_host_names(string text, string name, int port)
    {
        Assert.True(HostValue.TryParse(text, out var host));
        Assert.Equal(name, host.Name);
        Assert.Equal(port, host.Port);
    }

    [Theory]
    [InlineData("exa mple.net")]
    [InlineData("example..net")]
    [InlineData(".example.net")]
    [InlineData("example.net:0")]
    [InlineData("example.net:65536")]
    [InlineData("example.net:080")]
    [InlineData("example.net:")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("127.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("example.0x10")]
    [InlineData("example%2enet")]
    [InlineData("user@example.net")]
    [InlineData("example.net;reboot")]
    [InlineData("$(reboot)")]
    [InlineData("example\u3002net")]
    [InlineData("ｅxample.net")]
    [InlineData("exam\u200Bple.net")]
    [InlineData("[::1")]
    [InlineData("[192.0.2.1]")]
    [InlineData("2001:db8::1:")]
    public void Refuses_hosts_that_readers_take_differently(string text) => Assert.False(HostValue.TryParse(text, out _));

    [Theory]
    [InlineData("HTTPS://FW.Example.NET", "https://fw.example.net:443/")]
    [InlineData("https://fw.example.net:443/a/../b/./c", "https://fw.example.net:443/b/c")]
    [InlineData("https://fw.example.net/%7Ea/%2e%2e/b", "https://fw.example.net:443/b")]
    [InlineData("https://fw.example.net/a%20b", "https://fw.example.net:443/a%20b")]
    [InlineData("https://fw.example.net/o/images%2Ffw..1.bin", "https://fw.example.net:443/o/images%2Ffw..1.bin")]
    [InlineData("http://fw.example.net/x?a=1&b=2", "http://fw.example.net:80/x?a=1&b=2")]
    [InlineData("https://fw.example.net/x?a=%7e%2fb", "https://fw.example.net:443/x?a=~%2Fb")]
    [InlineData("https://fw.example.net/r\u00e9sum\u00e9", "https://fw.example.net:443/r%C3%A9sum%C3%A9")]
    [InlineData("https://b\u00fccher.example/", "https://xn--bcher-kva.example:443/")]
    [InlineData("https://[2001:DB8::1]:8443/", "https://[20010db8000000000000000000000001]:8443/")]
    public void Brings_urls_into_one_form(string text, string canonical)
    {
        Assert.True(UrlValue.TryParse(text, out var url));
        Assert.Equal(canonical, url!.Canonical);
    }

    [Theory]
    [InlineData("https:/\\evil.example/")]
    [InlineData("https://acs.example.net./")]
    [InlineData("https://acs.example.net.:443/")]
    [InlineData("https://192.0.2.1./")]
    [InlineData("https://fw.example.net/x?a=%zz")]
    [InlineData("https://fw.example.net/x?a=%0d%0aHost:evil")]
    [InlineData("https:\\\\evil.example/")]
    [InlineData("https:///evil.example/")]
    [InlineData("https:fw.example.net")]
    [InlineData("//evil.example/")]
    [InlineData(" https://fw.example.net/")]
    [InlineData("https://fw.example.net/ ")]
    [InlineData("https://fw.example.net/\r\nHost: evil")]
    [InlineData("https://fw.example.net/\0")]
    [InlineData("https://fw.example.net%2eevil.example/")]
    [InlineData("https://fw.example.net#@evil.example/")]
    [InlineData("https://fw.example.net?@evil.example/")]
    [InlineData("https://a@b@evil.example/")]
    [InlineData("https://fw.example.net\\@evil.example/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://fw.example.net:99999/")]
    [InlineData("https://fw.example.net/%zz")]
    [InlineData("https://fw.example.net/%00")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://fw.example.net/dev/..%2Fadmin")]
    [InlineData("https://fw.example.net/dev/%2e%2e%5cadmin")]
    [InlineData("https://fw.example.net/dev/..;/admin")]
    [InlineData("https://fw.example.net/\u202Egnp.bin")]
    [InlineData("")]
    public void Refuses_urls_that_readers_take_differently(string text) => Assert.False(UrlValue.TryParse(text, out _));

    [Fact]
    public void Sees_user_information()
    {
        Assert.True(UrlValue.TryParse("https://fw.example.net@evil.example/", out var url));
        Assert.True(url!.HasUserInfo);
        Assert.Equal("evil.example", url.Host.Name);
    }

    [Theory]
    [InlineData("192.0.2.1,192.0.2.2", 2, true)]
    [InlineData(" 192.0.2.1 ; 192.0.2.2\t2001:db8::1,, ", 3, true)]
    [InlineData("", 0, true)]
    [InlineData("192.0.2.1,evil", 1, false)]
    [InlineData("192.0.2.1|192.0.2.2", 0, false)]
    public void Reads_lists_with_any_separator(string text, int count, bool readable)
    {
        List<ValueElement> elements = [];
        Assert.Equal(readable, ValueReader.TryRead(ValueKind.IpList, text, elements));
        Assert.Equal(count, elements.Count);
    }

    [Fact]
    public void Bounds_the_elements_of_a_list()
    {
        List<ValueElement> elements = [];
        Assert.False(ValueReader.TryRead(ValueKind.IpList, string.Join(',', Enumerable.Repeat("192.0.2.1", ValueReader.MaxElements + 1)), elements));
    }
}
