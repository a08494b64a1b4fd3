using System.Net;
using System.Net.Sockets;
using CwmpShield.Core.Udp;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

public sealed class StunDoorTests
{
    /// <summary>A classic binding request with CONNECTION-REQUEST-BINDING and BINDING-CHANGE.</summary>
    private static readonly byte[] AnnexG =
    [
        0, 1, 0, 28, .. "0123456789abcdef"u8, 0xC0, 1, 0, 20, .. "dslforum.org/TR-111 "u8, 0xC0, 2, 0, 0,
    ];

    private static readonly byte[] Short = [0, 1, 0, 0, .. "0123456789abcdef"u8];

    [Fact]
    public async Task Tells_a_device_its_address_and_counts_its_new_binding()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("u", "p");

        var answer = await device.AskAsync(lab.Stun, AnnexG);

        var port = (ushort)device.Endpoint.Port;
        Assert.Equal([0, 1, 0, 8, 0, 1, (byte)(port >> 8), (byte)port, 127, 0, 0, 1], answer![20..32]);
        Assert.InRange(answer.Length, 20, AnnexG.Length * 1.6);
        await lab.CountsAsync("stun_requests", "answered");
        Assert.Contains("cwmpshield_stun_binding_changes_total 1", lab.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_device_its_ipv6_address()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { Udp = options.Udp with { Address = "::1" } });
        using var device = new UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        await device.SendAsync(AnnexG, lab.Stun);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));

        var answer = (await device.ReceiveAsync(patience.Token)).Buffer;

        var port = ((IPEndPoint)device.Client.LocalEndPoint!).Port;
        Assert.Equal([0, 1, 0, 20, 0, 2, (byte)(port >> 8), (byte)port, .. IPAddress.IPv6Loopback.GetAddressBytes()], answer[20..44]);
        Assert.InRange(answer.Length, 20, AnnexG.Length * 1.6);
    }

    [Fact]
    public async Task Answers_another_port_of_a_device_and_no_other_host()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("u", "p");
        using var second = new AnnexGDevice("u", "p");
        byte[] Wish(byte host) => [0, 1, 0, 12, .. "0123456789abcdef"u8, 0, 2, 0, 8, 0, 1, (byte)(device.Endpoint.Port >> 8), (byte)device.Endpoint.Port, 127, 0, 0, host];

        await second.SendAsync(lab.Stun, Wish(9));
        await lab.CountsAsync("stun_requests", StunReason.ResponseAddressForeign);
        await second.SendAsync(lab.Stun, Wish(1));
        await lab.CountsAsync("stun_requests", "answered");

        await device.DrainAsync();
        await second.DrainAsync();
        Assert.Single(device.Heard);
        Assert.Empty(second.Heard);
    }

    [Fact]
    public async Task Goes_on_after_rubbish_of_every_length()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { Udp = options.Udp with { PerSourcePerSecond = 10_000 } });
        using var device = new AnnexGDevice("u", "p");
        foreach (var length in new[] { 0, 1, 19, 21, 549, 1500, 9000 })
        {
            await device.SendAsync(lab.Stun, Enumerable.Repeat((byte)1, length).ToArray());
        }

        await device.SendAsync(lab.Stun, UdpLab.Request("u", "p"));
        await lab.CountsAsync("stun_requests", StunReason.Malformed, 6);

        Assert.NotNull(await device.AskAsync(lab.Stun, Short));
        Assert.Empty(device.Heard);
    }

    [Fact]
    public async Task Limits_a_source_that_floods()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { Udp = options.Udp with { PerSourcePerSecond = 1 } });
        using var device = new AnnexGDevice("u", "p");
        for (var i = 0; i < 50; i++)
        {
            await device.SendAsync(lab.Stun, Short);
        }

        await lab.CountsAsync("stun_requests", "udp-rate-limited", 20);
        Assert.InRange(lab.Count("stun_requests", "answered"), 1, 25);
    }

    [Fact]
    public async Task Limits_all_sources_together()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { Udp = options.Udp with { AllPerSecond = 1 } });
        using var device = new AnnexGDevice("u", "p");
        for (var i = 0; i < 50; i++)
        {
            await device.SendAsync(lab.Stun, Short);
        }

        await lab.CountsAsync("stun_requests", "udp-rate-limited", 20);
    }

    [Fact]
    public async Task Does_not_start_on_an_address_that_is_taken()
    {
        await using var lab = await UdpLab.StartAsync();

        await Assert.ThrowsAsync<SocketException>(() => UdpLab.StartAsync(options => options with { Udp = options.Udp with { Port = lab.Stun.Port } }));
    }

    [Fact]
    public async Task Challenges_devices_where_credentials_are_configured()
    {
        using var folder = new Storage.TemporaryFolder();
        var file = folder.Write("stun", "stun-secret\nnot this line\n");
        await using var lab = await UdpLab.StartAsync(options => options with { Udp = options.Udp with { StunUser = "cpe", StunPasswordFile = file } });
        using var device = new AnnexGDevice("u", "p");

        var answer = await device.AskAsync(lab.Stun, Short);

        Assert.Equal([1, 0x11, 0, 8], answer![..4]);
        await lab.CountsAsync("stun_requests", StunReason.Unauthorized);
    }
}
