using System.Net;
using System.Text;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class DeviceDoorTests : IDisposable
{
    private const string Header = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 7547\r\n";
    private readonly TlsLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Takes_source_from_the_proxy_header_ahead_of_tls()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { ProxyProtocol = true, TrustedProxies = ["127.0.0.0/8"] });
        using var device = lab.Devices.IssueClient("001122-HGW-S1");
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device, Encoding.ASCII.GetBytes(Header));
        Assert.Contains("\r\nX-Source: 192.0.2.7:40000\r\n", await client.AskAsync(RawClient.Post("x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_header_that_comes_in_pieces_with_the_request_behind_it()
    {
        await using var host = await ListenerHost.StartAsync(Proxied());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(Header[..9]);
        await client.SendAsync(Header[9..20]);
        var answer = await client.AskAsync(Header[20..] + RawClient.Post("x"));
        Assert.Contains("\r\nX-Source: 192.0.2.7:40000\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_on_a_missing_proxy_header()
    {
        await using var host = await ListenerHost.StartAsync(Proxied());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.Equal("", await client.AskAsync(RawClient.Post("x")));
        await host.CountsAsync(ListeningReason.ProxyMalformed);
    }

    [Fact]
    public async Task Closes_on_a_second_proxy_header()
    {
        await using var host = await ListenerHost.StartAsync(Proxied());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.Matches("^(HTTP/1.1 400 |$)", await client.AskAsync(Header + Header + RawClient.Post("x")));
    }

    [Fact]
    public async Task Closes_on_a_late_proxy_header()
    {
        await using var host = await ListenerHost.StartAsync(Proxied(new ListenerLimits { HandshakeTime = TimeSpan.FromMilliseconds(200) }));
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(Header[..9]);
        Assert.True(await client.EndsAsync());
        await host.CountsAsync(ListeningReason.ProxyLate);
    }

    [Fact]
    public async Task Closes_on_a_peer_that_may_not_send_one()
    {
        await using var host = await ListenerHost.StartAsync(Proxied() with { TrustedProxies = ["192.0.2.1"] });
        Assert.True(await RawClient.IsTurnedAwayAsync(host.Device));
        await host.CountsAsync(ListeningReason.ProxyUntrusted);
    }

    [Fact]
    public async Task Refuses_a_proxy_header_where_none_is_expected()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.StartsWith("HTTP/1.1 400 ", await client.AskAsync(Header + RawClient.Post("x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_connections_beyond_the_listeners_number_and_takes_the_next_when_one_ends()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(new ListenerLimits { MaxConnections = 2 }));
        await using var first = await RawClient.ConnectAsync(host.Device);
        await using (var second = await RawClient.ConnectAsync(host.Device))
        {
            await first.AskAsync(RawClient.Post("x"));
            await second.AskAsync(RawClient.Post("x"));
            Assert.True(await RawClient.IsTurnedAwayAsync(host.Device));
            await host.CountsAsync(ListeningReason.TooManyConnections);
        }

        await ListenerHost.EventuallyAsync(
            () => host.Metrics().Contains("cwmpshield_connections_active{listener=\"plain\"} 1", StringComparison.Ordinal), "a place");
        await using var fourth = await RawClient.ConnectAsync(host.Device);
        Assert.StartsWith("HTTP/1.1 200 ", await fourth.AskAsync(RawClient.Post("x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_connections_beyond_the_number_of_one_address_before_tls()
    {
        var limits = new ListenerLimits { MaxConnectionsPerAddress = 1 };
        await using var host = await ListenerHost.StartAsync(
            lab.Listener() with { Limits = limits, ProxyProtocol = true, TrustedProxies = ["127.0.0.1"] });
        await using var first = await RawClient.ConnectAsync(host.Device);
        await first.SendAsync("PROXY TCP6 2001:db8:0:1::7 2001:db8::1 40000 7547\r\n");
        await ListenerHost.EventuallyAsync(
            () => host.Metrics().Contains("cwmpshield_connections_active{listener=\"tls\"} 1", StringComparison.Ordinal), "the first");
        await using var neighbour = await RawClient.ConnectAsync(host.Device);
        await neighbour.SendAsync("PROXY TCP6 2001:db8:0:1:ffff::9 2001:db8::1 40000 7547\r\n");
        Assert.True(await neighbour.EndsAsync());
        await host.CountsAsync(ListeningReason.TooManyConnectionsPerAddress, "tls");
        using var device = lab.Devices.IssueClient("001122-HGW-S1");
        await using var other = await RawClient.ConnectTlsAsync(
            host.Device, device, "PROXY TCP6 2001:db8:0:2::7 2001:db8::1 40000 7547\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200 ", await other.AskAsync(RawClient.Post("x")), StringComparison.Ordinal);
    }

    [Fact]
    public void Forgets_addresses_without_connections()
    {
        var quota = new ConnectionQuota(new ListenerLimits { MaxConnectionsPerAddress = 2 });
        for (var i = 0; i < 1000; i++)
        {
            var address = new IPAddress([10, 0, (byte)(i >> 8), (byte)i]);
            Assert.True(quota.TryEnter(address));
            quota.Leave(address);
        }

        Assert.Equal(0, quota.Sources);
        var subscriber = IPAddress.Parse("2001:db8::1");
        Assert.True(quota.TryEnter(subscriber) && quota.TryEnter(IPAddress.Parse("2001:db8::2")));
        Assert.False(quota.TryEnter(subscriber));
        quota.Leave(subscriber);
        Assert.True(quota.TryEnter(subscriber));
    }

    [Fact]
    public async Task Ends_an_idle_connection()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(
            new ListenerLimits { IdleTime = TimeSpan.FromMilliseconds(100), HeaderTime = TimeSpan.FromMilliseconds(100), HandshakeTime = TimeSpan.FromSeconds(5) }));
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.AskAsync(RawClient.Post("x"));
        Assert.True(await client.EndsAsync());
    }

    [Fact]
    public async Task Ends_a_connection_whose_headers_trickle_by_its_own_listeners_time()
    {
        var strict = ListenerHost.Plain(new ListenerLimits { HeaderTime = TimeSpan.FromMilliseconds(200), HandshakeTime = TimeSpan.FromMilliseconds(100) });
        await using var host = await ListenerHost.StartAsync(strict, ListenerHost.Plain() with { Name = "lax" });
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: ");
        Assert.True(await client.EndsAsync());
        await host.CountsAsync(ListeningReason.IdleTime);
    }

    private static ListenerOptions Proxied(ListenerLimits? limits = null) =>
        ListenerHost.Plain(limits) with { ProxyProtocol = true, TrustedProxies = ["127.0.0.1"] };
}
