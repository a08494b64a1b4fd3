using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>TLS handshakes in progress: bounded in total and by address, and whoever holds most gives way.</summary>
public sealed class HandshakeQuotaTests : IDisposable
{
    private readonly TlsLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Refuses_an_address_that_holds_its_number_and_takes_it_again_when_one_is_over()
    {
        var quota = new HandshakeQuota(new ListenerLimits { MaxHandshakesPerAddress = 2 });
        var first = quota.Enter(Address(1), Unexpected).Place!;
        Assert.NotNull(quota.Enter(Address(1), Unexpected).Place);

        Assert.Equal((null, ListeningReason.TooManyHandshakesPerAddress), quota.Enter(Address(1), Unexpected));
        Assert.NotNull(quota.Enter(Address(2), Unexpected).Place);
        first.Dispose();
        first.Dispose();

        Assert.NotNull(quota.Enter(Address(1), Unexpected).Place);
        Assert.Equal(3, quota.Total);
    }

    [Fact]
    public void Displaces_the_oldest_of_the_address_that_holds_most_when_it_is_full()
    {
        var quota = new HandshakeQuota(new ListenerLimits { MaxHandshakes = 4, MaxHandshakesPerAddress = 3 });
        var displaced = new List<string>();
        quota.Enter(Address(1), Unexpected);
        quota.Enter(Address(2), () => displaced.Add("oldest"));
        quota.Enter(Address(2), () => displaced.Add("second"));
        quota.Enter(Address(2), () => displaced.Add("third"));

        Assert.NotNull(quota.Enter(Address(3), Unexpected).Place);
        Assert.Equal(["oldest"], displaced);
        Assert.Equal(4, quota.Total);
        Assert.NotNull(quota.Enter(Address(4), Unexpected).Place);

        Assert.Equal(["oldest", "second"], displaced);
    }

    [Fact]
    public void Refuses_a_newcomer_when_it_is_full_and_nobody_holds_more()
    {
        var quota = new HandshakeQuota(new ListenerLimits { MaxHandshakes = 2 });
        quota.Enter(Address(1), Unexpected);
        quota.Enter(Address(2), Unexpected);

        Assert.Equal((null, ListeningReason.TooManyHandshakes), quota.Enter(Address(3), Unexpected));
        Assert.Equal((null, ListeningReason.TooManyHandshakes), quota.Enter(Address(1), Unexpected));
    }

    [Fact]
    public void Takes_a_64_for_one_address_and_forgets_those_without_handshakes()
    {
        var quota = new HandshakeQuota(new ListenerLimits { MaxHandshakesPerAddress = 1 });
        var place = quota.Enter(IPAddress.Parse("2001:db8::1"), Unexpected).Place!;

        Assert.Null(quota.Enter(IPAddress.Parse("2001:db8::2"), Unexpected).Place);
        place.Dispose();

        Assert.Equal((0, 0), (quota.Total, quota.Sources));
    }

    [Fact]
    public async Task Closes_the_excess_before_TLS_and_counts_it()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { Limits = new ListenerLimits { MaxHandshakesPerAddress = 2 } });
        await using var first = await RawClient.ConnectAsync(host.Device);
        await using var second = await RawClient.ConnectAsync(host.Device);
        await ListenerHost.EventuallyAsync(() => host.Metrics().Contains("cwmpshield_tls_handshakes_active{listener=\"tls\"} 2", StringComparison.Ordinal), "two handshakes");

        Assert.True(await RawClient.IsTurnedAwayAsync(host.Device));

        await host.CountsAsync(ListeningReason.TooManyHandshakesPerAddress, "tls");
    }

    [Fact]
    public async Task Lets_an_address_open_connection_after_connection_when_their_handshakes_are_over()
    {
        await using var host = await ListenerHost.StartAsync(lab.Listener() with { Limits = new ListenerLimits { MaxHandshakesPerAddress = 1 } });
        using var certificate = lab.Devices.IssueClient("00D09E-HGW-1");
        await using var first = await RawClient.ConnectTlsAsync(host.Device, certificate);
        Assert.StartsWith("HTTP/1.1 200", await first.AskAsync(RawClient.Post("")), StringComparison.Ordinal);
        await using var second = await RawClient.ConnectTlsAsync(host.Device, certificate);

        Assert.StartsWith("HTTP/1.1 200", await second.AskAsync(RawClient.Post("")), StringComparison.Ordinal);
        Assert.Contains("cwmpshield_tls_handshakes_active{listener=\"tls\"} 0", host.Metrics(), StringComparison.Ordinal);
    }

    private static IPAddress Address(byte last) => new([192, 0, 2, last]);

    private static void Unexpected() => Assert.Fail("Nobody was to be displaced.");
}
