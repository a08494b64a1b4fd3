using System.Net;
using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Udp;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

public sealed class UdpBrokerTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Passes_a_request_on_once_from_the_stun_socket(bool upper, bool slash)
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("001122-HGW-S1", "secret");
        lab.Learn(device.Endpoint, "001122-HGW-S1", "secret");
        var request = UdpLab.Request("001122-HGW-S1", "secret", upper: upper, slash: slash);

        // As common ACSs do it: the same datagram three times.
        await lab.SendAsync(request);
        await lab.SendAsync(request);
        await lab.SendAsync(request);
        await device.AcceptAsync(1);

        await lab.CountsAsync("udp_requests", "copy", 2);
        await device.DrainAsync();
        Assert.Equal(lab.Stun, Assert.Single(device.Accepted));
        Assert.Equal(3, device.Heard.Count);
        Assert.Equal((1, 1), (lab.Count("udp_requests", "sent"), lab.Count("udp_calls", "sent")));
        // Signed anew: nothing of the datagram that the ACS sent goes on but its time.
        Assert.DoesNotContain("id=77&", device.Heard[0], StringComparison.Ordinal);
        Assert.DoesNotContain("c0ffee", device.Heard[0], StringComparison.Ordinal);
        Assert.Equal(slash, device.Heard[0].Contains("/?ts=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Passes_later_requests_on_and_no_replay()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("cpe", "secret");
        lab.Learn(device.Endpoint, "cpe", "secret");
        var first = UdpLab.Request("cpe", "secret", id: "1", nonce: "a");
        await lab.SendAsync(first);
        await lab.CountsAsync("udp_requests", "sent");
        await lab.SendAsync(UdpLab.Request("cpe", "secret", after: 5, id: "2", nonce: "b"));
        await lab.CountsAsync("udp_requests", "sent", 2);
        await lab.SendAsync(first);
        await lab.SendAsync(UdpLab.Request("cpe", "secret", after: 5, id: "3", nonce: "c"));

        await lab.CountsAsync("udp_requests", UdpRequestReason.Replayed, 2);
        await device.AcceptAsync(2);
        await device.DrainAsync();
        Assert.Equal(2, device.Accepted.Count);
    }

    [Theory]
    [InlineData("cpe", "wrong", 0, UdpRequestReason.SignatureWrong)]
    [InlineData("nobody", "secret", 0, UdpRequestReason.UnknownUser)]
    [InlineData("cpe", "secret", -500, UdpRequestReason.Stale)]
    [InlineData("cpe", "secret", 500, UdpRequestReason.Stale)]
    public async Task Drops_what_is_forged_or_old(string user, string password, int after, string reason)
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("cpe", "secret");
        lab.Learn(device.Endpoint, "cpe", "secret");

        await lab.SendAsync(UdpLab.Request(user, password, after));

        await lab.CountsAsync("udp_requests", reason);
        await device.DrainAsync();
        Assert.Empty(device.Heard);
    }

    [Fact]
    public async Task Drops_what_cannot_be_read_and_answers_nothing()
    {
        await using var lab = await UdpLab.StartAsync();
        await lab.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await lab.SendAsync(new byte[2000]);

        await lab.CountsAsync("udp_requests", UdpRequestReason.Malformed);
        await lab.CountsAsync("udp_requests", UdpRequestReason.TooLarge);
    }

    [Fact]
    public async Task Drops_datagrams_of_unlisted_sources()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { AcsNetworks = ["192.0.2.0/24"], Udp = options.Udp with { AcsAddress = "127.0.0.2" } });
        using var device = new AnnexGDevice("cpe", "secret");
        lab.Learn(device.Endpoint, "cpe", "secret");

        await lab.SendAsync(UdpLab.Request("cpe", "secret"));

        await lab.CountsAsync("udp_requests", "udp-source-unlisted");
        await device.DrainAsync();
        Assert.Empty(device.Heard);
    }

    [Fact]
    public async Task Takes_signed_datagrams_of_its_own_machine()
    {
        await using var lab = await UdpLab.StartAsync(options => options with { AcsNetworks = ["192.0.2.0/24"] });
        using var device = new AnnexGDevice("cpe", "secret");
        lab.Learn(device.Endpoint, "cpe", "secret");

        await lab.SendAsync(UdpLab.Request("cpe", "wrong"));
        await lab.CountsAsync("udp_requests", UdpRequestReason.SignatureWrong);
        await lab.SendAsync(UdpLab.Request("cpe", "secret"));
        await device.AcceptAsync(1);
    }

    [Fact]
    public async Task Drops_a_request_that_names_two_devices()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("shared", "secret");
        lab.Learn(device.Endpoint, "shared", "secret");
        lab.Learn(device.Endpoint, "shared", "secret", key: 2);

        await lab.SendAsync(UdpLab.Request("shared", "secret"));

        await lab.CountsAsync("udp_requests", "udp-device-ambiguous");
    }

    [Fact]
    public async Task Tells_devices_of_one_user_apart_by_their_secrets()
    {
        await using var lab = await UdpLab.StartAsync();
        using var first = new AnnexGDevice("shared", "secret-1");
        using var second = new AnnexGDevice("shared", "secret-2");
        lab.Learn(first.Endpoint, "shared", "secret-1");
        lab.Learn(second.Endpoint, "shared", "secret-2", key: 2);

        await lab.SendAsync(UdpLab.Request("shared", "secret-2"));
        await second.AcceptAsync(1);

        Assert.Empty(first.Heard);
    }

    [Fact]
    public async Task Does_not_try_the_secrets_of_a_whole_fleet()
    {
        await using var lab = await UdpLab.StartAsync();
        for (var key = 1; key <= 9; key++)
        {
            lab.Learn(new(IPAddress.Loopback, 40_000 + key), "shared", $"secret-{key}", key);
        }

        await lab.SendAsync(UdpLab.Request("shared", "secret-9"));

        await lab.CountsAsync("udp_requests", "udp-device-ambiguous");
    }

    [Theory]
    [InlineData("127.0.0.1", "10.0.0.0/8", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("198.51.100.7", "127.0.0.0/8", ConnectionRequestReason.EndpointForeignAddress)]
    [InlineData("224.0.0.1", "0.0.0.0/0", ConnectionRequestReason.EndpointNotUnicast)]
    public async Task Calls_no_address_that_the_policy_of_today_refuses(string address, string access, string reason)
    {
        await using var lab = await UdpLab.StartAsync(access: access);
        lab.Learn(new(IPAddress.Parse(address), 40_000), "cpe", "secret");

        await lab.SendAsync(UdpLab.Request("cpe", "secret"));

        await lab.CountsAsync("udp_calls", reason);
        Assert.Equal(1, lab.Count("udp_requests", reason));
    }

    [Theory]
    [InlineData(22, ConnectionRequestReason.EndpointPort)]
    [InlineData(1900, ConnectionRequestReason.Tr064EndpointReuse)]
    public async Task Calls_no_port_that_the_policy_of_today_refuses(int port, string reason)
    {
        await using var lab = await UdpLab.StartAsync();
        var known = lab.Learn(new(IPAddress.Loopback, port), "cpe", "secret");

        Assert.Equal(reason, lab.Caller.Call(known));
    }

    [Fact]
    public async Task Does_not_call_itself()
    {
        await using var lab = await UdpLab.StartAsync();
        lab.Learn(lab.Acs, "loop", "secret");
        lab.Learn(lab.Stun, "loop-2", "secret", key: 2);

        await lab.SendAsync(UdpLab.Request("loop", "secret"));
        await lab.SendAsync(UdpLab.Request("loop-2", "secret"));

        await lab.CountsAsync("udp_calls", "udp-own-address", 2);
        Assert.Equal(0, lab.Count("udp_calls", "sent"));
    }

    [Fact]
    public async Task Drops_requests_while_the_registry_is_gone()
    {
        await using var lab = await UdpLab.StartAsync();
        lab.IsBroken = true;
        await lab.SendAsync(UdpLab.Request("cpe", "secret"));
        await lab.CountsAsync("udp_requests", "registry-unavailable");

        lab.IsBroken = false;
        await lab.SendAsync(UdpLab.Request("cpe", "secret"));
        await lab.CountsAsync("udp_requests", UdpRequestReason.UnknownUser);
    }

    [Fact]
    public async Task Calls_of_its_own_are_each_later_than_the_last()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("cpe", "secret");
        var known = lab.Learn(device.Endpoint, "cpe", "secret");

        // All within one second, which is the unit of the timestamp.
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal("sent", lab.Caller.Call(known)));

        await device.AcceptAsync(4);
    }

    [Fact]
    public async Task Calls_of_its_own_keep_to_the_unit_of_the_acs()
    {
        await using var lab = await UdpLab.StartAsync();
        using var device = new AnnexGDevice("cpe", "secret");
        var known = lab.Learn(device.Endpoint, "cpe", "secret");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.True(UdpConnectionRequestWriter.TryWrite("b:1", new(now, "1", "n"), "cpe", "secret"u8, new(true, true), out var request));
        await lab.SendAsync(request);
        await device.AcceptAsync(1);

        lab.Caller.Call(known);

        await device.AcceptAsync(2);
        Assert.Matches("/\\?ts=[0-9]{13}&id=", device.Heard[^1]);
    }

    [Fact]
    public async Task Refuses_a_user_that_a_request_line_has_no_room_for()
    {
        await using var lab = await UdpLab.StartAsync();
        var known = lab.Learn(new(IPAddress.Loopback, 40_000), "a b&c", "secret");

        Assert.Equal(UdpRequestReason.Unwritable, lab.Caller.Call(known));
        Assert.DoesNotContain("secret", known.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes("secret")), known.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
