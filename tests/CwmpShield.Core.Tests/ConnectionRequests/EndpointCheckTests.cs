using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.ConnectionRequests;

public sealed class EndpointCheckTests
{
    private static readonly IpValue Source = Ip("198.51.100.7");

    private static readonly EndpointPolicy Policy = new()
    {
        AccessNetworks = [Ip("203.0.113.0/24"), Ip("2001:db8:100::/40"), Ip("0.0.0.0/0"), Ip("::/0")],
        ManagementNetworks = [Ip("192.0.2.0/24"), Ip("2001:db8:a::/48")],
    };

    private static readonly EndpointPolicy Narrow = Policy with { AccessNetworks = [Ip("203.0.113.0/24")] };

    [Theory]
    [InlineData("http://198.51.100.7:7547/a8Zk3", "http://198.51.100.7:7547/a8Zk3", true)]
    [InlineData("HTTP://203.0.113.9:30005/", "http://203.0.113.9:30005/", false)]
    [InlineData("http://203.0.113.9", "http://203.0.113.9/", false)]
    [InlineData("https://203.0.113.9:443/x?id=1", "https://203.0.113.9/x?id=1", false)]
    [InlineData("http://[2001:db8:100::7]:7547/%7ecr/./x/../y", "http://[2001:db8:100::7]:7547/~cr/y", false)]
    public void Takes_an_endpoint_of_the_source_or_an_access_network(string url, string canonical, bool isObserved)
    {
        Assert.True(EndpointCheck.TryCheck(url, Source, Policy, out var endpoint, out var reason), reason);
        Assert.Equal(canonical, endpoint!.Url);
        Assert.Equal(isObserved, endpoint.IsObserved);
    }

    [Theory]
    [InlineData("", ConnectionRequestReason.EndpointMissing)]
    [InlineData("/cr", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http:203.0.113.9/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http:///203.0.113.9/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://2130706433:7547/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://0177.0.0.1:7547/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://0x7f.1:7547/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://0x7f000001/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://127.1/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://[::ffff:127.0.0.1]/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://[::ffff:7f00:1]/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://[::127.0.0.1]/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://[fe80::1%25eth0]/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://[fe80::1%eth0]/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:0/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:65536/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:+80/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/#@192.0.2.1/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9\\@192.0.2.1/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/a b", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/\r\nHost: x", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/ü", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://\uFF12\uFF10\uFF13.0.113.9/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/%00", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://203.0.113.9:7547/%2e%2e%2fadmin", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://a@b@203.0.113.9/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("ftp://203.0.113.9/", ConnectionRequestReason.EndpointScheme)]
    [InlineData("gopher://203.0.113.9:7547/_GET", ConnectionRequestReason.EndpointScheme)]
    [InlineData("file://203.0.113.9/etc/passwd", ConnectionRequestReason.EndpointScheme)]
    [InlineData("http://user:pw@203.0.113.9:7547/", ConnectionRequestReason.EndpointUserInfo)]
    [InlineData("http://203.0.113.9:7547@192.0.2.1/", ConnectionRequestReason.EndpointUserInfo)]
    [InlineData("http://cpe.example.net:7547/", ConnectionRequestReason.EndpointHostName)]
    [InlineData("http://localhost:7547/", ConnectionRequestReason.EndpointHostName)]
    [InlineData("http://127.0.0.1:7547/", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("http://127.255.3.4:7547/", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("http://[::1]:7547/", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("http://169.254.7.7:7547/", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("http://169.254.169.254/latest/meta-data/", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("http://[fd00:ec2::254]/latest/", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("http://[fe80::1]:7547/", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("http://0.0.0.0:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://0.1.2.3:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://[::]:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://224.0.0.1:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://239.255.255.250:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://255.255.255.255:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://[ff02::1]:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://203.0.113.255:7547/", ConnectionRequestReason.EndpointNotUnicast)]
    [InlineData("http://[64:ff9b::7f00:1]:7547/", ConnectionRequestReason.EndpointEmbeddedAddress)]
    [InlineData("http://[2002:7f00:1::]:7547/", ConnectionRequestReason.EndpointEmbeddedAddress)]
    [InlineData("http://[::ffff:0:7f00:1]:7547/", ConnectionRequestReason.EndpointEmbeddedAddress)]
    [InlineData("http://192.0.2.1:7547/", ConnectionRequestReason.EndpointManagementNetwork)]
    [InlineData("http://[2001:db8:a::1]:7547/", ConnectionRequestReason.EndpointManagementNetwork)]
    [InlineData("http://203.0.113.9:22/", ConnectionRequestReason.EndpointPort)]
    [InlineData("http://203.0.113.9:25/", ConnectionRequestReason.EndpointPort)]
    public void Refuses_what_is_no_devices_endpoint(string url, string reason)
    {
        Assert.False(EndpointCheck.TryCheck(url, Source, Policy, out var endpoint, out var given));
        Assert.Null(endpoint);
        Assert.Equal(reason, given);
    }

    [Theory]
    [InlineData("http://203.0.113.9:49000/")]
    [InlineData("http://203.0.113.9:5000/cr")]
    [InlineData("http://203.0.113.9:1900/")]
    [InlineData("http://203.0.113.9:5555/cr")]
    [InlineData("http://198.51.100.7:7547/UD/act?1")]
    [InlineData("http://198.51.100.7:7547/ud/act")]
    [InlineData("http://198.51.100.7:7547/%55%44/act")]
    [InlineData("http://198.51.100.7:7547/%2555%2544/act")]
    [InlineData("http://198.51.100.7:7547/x/..;/UD;a=b/act")]
    [InlineData("http://198.51.100.7:7547//UD/")]
    [InlineData("http://198.51.100.7:7547/x%2fUD%2fact")]
    [InlineData("http://198.51.100.7:7547/upnp/control/x")]
    [InlineData("http://198.51.100.7:7547/ctrlt/DeviceUpgrade_1")]
    [InlineData("http://198.51.100.7:7547/tr064")]
    [InlineData("http://198.51.100.7:7547/tr064dev/hosts")]
    [InlineData("http://198.51.100.7:7547/?next=/UD/act")]
    [InlineData("http://127.0.0.1:49000/")]
    public void Flags_a_tr064_endpoint(string url)
    {
        Assert.False(EndpointCheck.TryCheck(url, Source, Policy, out _, out var reason));
        Assert.Contains(reason, new[] { ConnectionRequestReason.Tr064EndpointReuse, ConnectionRequestReason.EndpointUnreadable });
        if (!url.Contains(';', StringComparison.Ordinal))
        {
            Assert.Equal(ConnectionRequestReason.Tr064EndpointReuse, reason);
        }
    }

    [Fact]
    public void Refuses_an_address_that_is_neither_the_source_nor_in_an_access_network()
    {
        Assert.False(EndpointCheck.TryCheck("http://198.51.100.8:7547/", Source, Narrow, out _, out var reason));
        Assert.Equal(ConnectionRequestReason.EndpointForeignAddress, reason);
        Assert.False(EndpointCheck.TryCheck("http://198.51.100.7:7547/", null, Narrow, out _, out _));
        Assert.True(EndpointCheck.TryCheck("http://198.51.100.7:7547/", Source, Narrow, out _, out _));
    }

    [Fact]
    public void Refuses_the_management_network_even_from_there()
    {
        Assert.False(EndpointCheck.TryCheck("http://192.0.2.9:7547/", Ip("192.0.2.9"), Policy, out _, out var reason));
        Assert.Equal(ConnectionRequestReason.EndpointManagementNetwork, reason);
    }

    [Fact]
    public void Takes_loopback_and_link_local_only_where_an_access_network_lies_there()
    {
        var lab = Policy with { AccessNetworks = [Ip("127.0.0.0/8"), Ip("fe80::/64"), Ip("::1")] };

        Assert.True(EndpointCheck.TryCheck("http://127.0.0.1:7547/", null, lab, out _, out _));
        Assert.True(EndpointCheck.TryCheck("http://[::1]:7547/", null, lab, out _, out _));
        Assert.True(EndpointCheck.TryCheck("http://[fe80::7]:7547/", null, lab, out _, out _));
        Assert.False(EndpointCheck.TryCheck("http://127.0.0.1:7547/", Ip("127.0.0.1"), Policy, out _, out var reason));
        Assert.Equal(ConnectionRequestReason.EndpointLoopback, reason);
    }

    [Fact]
    public void Takes_plain_http_names_and_paths_as_the_operator_says()
    {
        var strict = Policy with { AllowHttp = false, AllowNames = true, Paths = ["/cwmp/"] };

        Assert.False(EndpointCheck.TryCheck("http://203.0.113.9:7547/cwmp/1", Source, strict, out _, out var reason));
        Assert.Equal(ConnectionRequestReason.EndpointScheme, reason);
        Assert.False(EndpointCheck.TryCheck("https://203.0.113.9:7547/1", Source, strict, out _, out reason));
        Assert.Equal(ConnectionRequestReason.EndpointPath, reason);
        Assert.True(EndpointCheck.TryCheck("https://CPE.example.net:7547/cwmp/1", Source, strict, out var endpoint, out _));
        Assert.Equal("https://cpe.example.net:7547/cwmp/1", endpoint!.Url);
        Assert.False(endpoint.IsObserved);
    }

    [Fact]
    public void Takes_nothing_that_another_reader_takes_for_another_place()
    {
        string[] hosts =
        [
            "203.0.113.9", "203.0.113.09", "203.0.113", "203.0.28937", "3405803785", "0xcb007109", "0313.0.0161.011", "203.0.113.9.", "[2001:db8:100::9]", "[2001:db8:100::203.0.113.9]",
            "[::ffff:203.0.113.9]", "[2001:db8:100::9%251]", "203.0.113.9%2e", "%32%30%33.0.113.9", "203.0.113.9:80:7547", "203。0。113。9", "[203.0.113.9]", "203.0.113.9,127.0.0.1", "",
        ];
        string[] before = ["", "a@", "a:b@", "@", "127.0.0.1@", "127.0.0.1:80#@", "127.0.0.1\\@", "127.0.0.1/@", "127.0.0.1?@", "%40"];
        string[] after = ["", "/", ":7547", ":7547/x", ":07547/", ":7547?x", "\\127.0.0.1", "@127.0.0.1", ":@127.0.0.1/", "#@127.0.0.1", "/..//127.0.0.1", "/%0d%0aHost:%20x", "/;@127.0.0.1/"];
        string[] schemes = ["http://", "HTTPS://", "http:", "http:\\\\", "//", "http:///"];
        var taken = 0;
        foreach (var url in from s in schemes from u in before from h in hosts from t in after select s + u + h + t)
        {
            if (!EndpointCheck.TryCheck(url, null, Policy, out var endpoint, out _))
            {
                continue;
            }

            taken++;
            var other = new Uri(url, UriKind.Absolute);
            Assert.Equal((other.Scheme, other.Port, other.UserInfo), (endpoint!.IsTls ? "https" : "http", endpoint.Host.Port, ""));
            Assert.Equal(System.Net.IPAddress.Parse(other.Host), endpoint.Host.Address!.Value.ToAddress());
            Assert.All(endpoint.Target, c => Assert.InRange(c, '!', '~'));
            Assert.StartsWith("/", endpoint.Target, StringComparison.Ordinal);
            Assert.Equal(endpoint with { IsObserved = false }, DeviceEndpoint.Parse(endpoint.Url, isObserved: false));
        }

        Assert.InRange(taken, 10, 200);
    }

    [Fact]
    public void Refuses_a_url_longer_than_the_data_model_has_them()
    {
        Assert.False(EndpointCheck.TryCheck("http://203.0.113.9:7547/" + new string('a', 256), Source, Policy, out _, out var reason));
        Assert.Equal(ConnectionRequestReason.EndpointTooLong, reason);
    }

    [Theory]
    [InlineData("198.51.100.7:5000", ConnectionRequestReason.Tr064EndpointReuse)]
    [InlineData("127.0.0.1:7547", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("cpe.example.net:7547", ConnectionRequestReason.EndpointHostName)]
    [InlineData("198.51.100.7:7547/x", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("0x7f000001:7547", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("198.51.100.7:53", ConnectionRequestReason.EndpointPort)]
    [InlineData("", ConnectionRequestReason.EndpointMissing)]
    public void Refuses_a_udp_address_that_is_no_devices(string text, string reason)
    {
        Assert.False(EndpointCheck.TryCheckUdp(text, Source, Policy, out _, out var given));
        Assert.Equal(reason, given);
    }

    [Theory]
    [InlineData("198.51.100.7:40000", "198.51.100.7:40000")]
    [InlineData("198.51.100.7", "198.51.100.7:7547")]
    [InlineData("[2001:db8:100::7]:40000", "[2001:db8:100::7]:40000")]
    public void Takes_a_udp_address(string text, string place)
    {
        Assert.True(EndpointCheck.TryCheckUdp(text, Source, Policy, out var endpoint, out var reason), reason);
        Assert.Equal(place, endpoint!.Place);
    }

    private static IpValue Ip(string text) => IpValue.TryParse(text, out var value) ? value : throw new ArgumentException(text, nameof(text));
}
