using System.Net.Sockets;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

/// <summary>UDP in a whole gateway: sessions teach it where devices are, and ACSs reach them over either door.</summary>
public sealed class WholeGatewayTests
{
    private const string User = "00D09E-HGW-1";
    private const string Public = "broker.example.net:7549";

    [Fact]
    public async Task Learns_a_device_behind_a_nat_and_passes_the_datagrams_of_its_acs_on()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);

        // The URL is one of the device's own network, as behind a NAT; the UDP address is what STUN has told it.
        await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());

        Assert.Equal(Public, Told(lab));
        using var acs = new UdpClient();
        await acs.SendAsync(UdpLab.Request(User, BrokerLab.Password), Sockets(lab).Acs!.Endpoint);
        await device.AcceptAsync(1);
        Assert.Equal(Sockets(lab).Stun.Endpoint, device.Accepted[0]);
        await ListenerHost.EventuallyAsync(
            () => lab.Lab.Metrics().Contains("cwmpshield_udp_requests_total{outcome=\"sent\"} 1", StringComparison.Ordinal), lab.Lab.Metrics());
    }

    [Fact]
    public async Task Calls_a_device_over_udp_that_has_no_url_when_its_acs_asks_over_http()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);
        var url = await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());

        var answer = await lab.CurlAsync(BrokerLab.PathOf(url), "--digest", "-u", $"{User}:{BrokerLab.Password}");

        Assert.Equal((204, ""), answer);
        await device.AcceptAsync(1);
    }

    [Fact]
    public async Task Calls_a_device_over_udp_whose_url_cannot_be_reached()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);
        var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var url = await lab.InformAsync($"http://127.0.0.1:{port}/cr", udp: device.Endpoint.ToString());

        var answer = await lab.CurlAsync(BrokerLab.PathOf(url), "--digest", "-u", $"{User}:{BrokerLab.Password}");

        Assert.Equal((204, ""), answer);
        await device.AcceptAsync(1);
    }

    [Fact]
    public async Task Finds_a_device_by_its_own_user_where_its_credentials_have_none()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: null);
        await lab.KnowAsync("2", user: null);
        await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());

        using var acs = new UdpClient();
        await acs.SendAsync(UdpLab.Request(User, BrokerLab.Password), Sockets(lab).Acs!.Endpoint);

        await device.AcceptAsync(1);
    }

    [Fact]
    public async Task Calls_a_device_for_another_process_of_its_machine()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);
        await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());
        var target = await lab.Endpoints.FindAsync(await lab.KeyAsync("1"));
        var options = new UdpRequestOptions
        {
            Address = "127.0.0.1", AcsAddress = "127.0.0.1", AcsPort = Sockets(lab).Acs!.Endpoint.Port, PublicAddress = Public,
        };

        Assert.True(UdpHandover.MayCall(options, target!.Learned));
        Assert.Equal(204, UdpHandover.Call(options, target, TimeProvider.System.GetUtcNow()).Status);

        await device.AcceptAsync(1);
        Assert.Equal(ConnectionRequestReason.CredentialsUnknown, UdpHandover.Call(options, target with { Credentials = [] }, TimeProvider.System.GetUtcNow()).Reason);
        Assert.False(UdpHandover.MayCall(options with { AcsAddress = "" }, target.Learned));
    }

    [Theory]
    [InlineData("127.9.0.1:40000")]
    [InlineData("198.51.100.9:40000")]
    [InlineData("127.0.0.1:22")]
    [InlineData("stun.example.net:40000")]
    [InlineData("127.0.0.1:40000,127.0.0.1:40001")]
    [InlineData("")]
    public async Task Tells_the_acs_of_no_address_that_is_none_of_the_devices(string address)
    {
        await using var lab = await StartAsync();
        await lab.KnowAsync("1", user: User);

        await lab.InformAsync("http://127.0.0.1:7547/cr", udp: address);

        Assert.Equal("", Told(lab));
    }

    [Fact]
    public async Task Keeps_the_devices_address_to_itself_where_acss_may_send_no_datagrams()
    {
        await using var lab = await StartAsync(udp => udp with { AcsAddress = "" });
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);

        var url = await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());

        Assert.Equal("", Told(lab));
        Assert.Equal((204, ""), await lab.CurlAsync(BrokerLab.PathOf(url), "--digest", "-u", $"{User}:{BrokerLab.Password}"));
        await device.AcceptAsync(1);
    }

    [Fact]
    public async Task Calls_nobody_over_udp_where_it_is_off()
    {
        await using var lab = await StartAsync(_ => new UdpRequestOptions());
        await lab.KnowAsync("1", user: User);

        var url = await lab.InformAsync("http://192.168.1.2:7547/cr", udp: "127.0.0.1:40000");

        Assert.Equal("", Told(lab));
        var answer = await lab.CurlAsync(BrokerLab.PathOf(url), "--digest", "-u", $"{User}:{BrokerLab.Password}");
        Assert.Equal((503, ConnectionRequestReason.EndpointForeignAddress), answer);
    }

    [Fact]
    public async Task Calls_no_device_at_an_address_that_another_has_announced_since()
    {
        await using var lab = await StartAsync();
        using var device = new AnnexGDevice(User, BrokerLab.Password);
        await lab.KnowAsync("1", user: User);
        await lab.KnowAsync("2", password: "other", user: "00D09E-HGW-2");
        await lab.InformAsync("http://192.168.1.2:7547/cr", udp: device.Endpoint.ToString());
        var second = await lab.InformAsync("http://192.168.1.2:7547/cr", serial: "2", udp: device.Endpoint.ToString());

        // Both come from loopback, so that the newest Inform wins; the first one is nowhere then, and is not called there.
        using var acs = new UdpClient();
        await acs.SendAsync(UdpLab.Request(User, BrokerLab.Password), Sockets(lab).Acs!.Endpoint);
        await ListenerHost.EventuallyAsync(
            () => lab.Lab.Metrics().Contains("cwmpshield_udp_calls_total{outcome=\"endpoint-missing\"} 1", StringComparison.Ordinal), lab.Lab.Metrics());
        Assert.NotEmpty(second);
        await device.DrainAsync();
        Assert.Empty(device.Accepted);
    }

    private static Task<BrokerLab> StartAsync(Func<UdpRequestOptions, UdpRequestOptions>? change = null)
    {
        var udp = new UdpRequestOptions { Address = "127.0.0.1", Port = 0, AcsAddress = "127.0.0.1", AcsPort = 0, PublicAddress = Public };
        return BrokerLab.StartAsync(options => options with { Udp = change?.Invoke(udp) ?? udp });
    }

    private static UdpSockets Sockets(BrokerLab lab) => lab.Lab.Services.GetRequiredService<UdpService>().Sockets!;

    private static string Told(BrokerLab lab) =>
        BrokerLab.Reported(lab.Acs.Server.Received.Last(request => request.Method == "Inform").Body, "UDPConnectionRequestAddress");
}
