using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>An ACS that wakes a device through the broker, with curl in the ACS's place and real Digest devices.</summary>
public sealed class BrokerTests
{
    public static TheoryData<string> Manners =>
        ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "none", "no-qop", "closes", "nonce-per-connection", "basic-beside", "no-opaque"];

    [Theory]
    [MemberData(nameof(Manners))]
    public async Task Wakes_a_device_that_asks_for_Digest(string manner)
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password, manner switch
        {
            "none" => new DigestManner(null),
            "no-qop" => new DigestManner(Qop: false),
            "closes" => new DigestManner(Persistent: false),
            "nonce-per-connection" => new DigestManner(NoncePerConnection: true),
            "basic-beside" => new DigestManner(BasicBeside: true),
            "no-opaque" => new DigestManner(Opaque: null),
            _ => new DigestManner(manner),
        });
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((200, ""), await lab.CurlAsync(path));

        Assert.Equal(1, device.Taken);
        Assert.All(device.Port.Heads, head => Assert.StartsWith($"GET /cr-7f3a HTTP/1.1\r\nHost: 127.0.0.1:{device.Port.Port}\r\nUser-Agent: CwmpShield\r\n", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wakes_a_device_through_the_forward_proxy()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        await lab.LearnAsync(device.Url);

        Assert.Equal((200, ""), await lab.ProxiedAsync(device.Url));

        Assert.Equal(1, device.Taken);
    }

    [Theory]
    [InlineData("broker")]
    [InlineData("management")]
    [InlineData("devices")]
    public async Task Never_calls_a_listener_of_its_own(string which)
    {
        await using var lab = await BrokerLab.StartAsync();
        var bound = lab.Lab.Services.GetRequiredService<BoundEndpoints>();
        var own = which switch { "broker" => bound.Broker, "management" => bound.Management, _ => lab.Lab.Door() };
        var path = await lab.LearnAsync($"http://127.0.0.1:{own.Port}/metrics");

        Assert.Equal((503, ConnectionRequestReason.EndpointOwn), await lab.CurlAsync(path));
    }

    [Fact]
    public async Task Answers_with_the_devices_own_204()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password, success: "HTTP/1.1 204 No Content\r\n\r\n");
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((204, ""), await lab.CurlAsync(path));
    }

    [Fact]
    public async Task Refuses_an_ACS_that_does_not_know_the_devices_credentials()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((401, "credential-missing"), await lab.CurlAsync(path, "-X", "GET"));
        Assert.Equal((401, "credential-wrong"), await lab.CurlAsync(path, "--digest", "-u", $"{BrokerLab.User}:wrong"));
        Assert.Equal((401, "credential-wrong"), await lab.CurlAsync(path, "--digest", "-u", $"other:{BrokerLab.Password}"));
        Assert.Equal((401, "basic-without-tls"), await lab.CurlAsync(path, "--basic", "-u", $"{BrokerLab.User}:{BrokerLab.Password}"));
        Assert.Equal(0, device.Port.Connections);
    }

    [Fact]
    public async Task Answers_502_where_the_device_refuses_the_credentials_of_the_registry()
    {
        await using var device = new DigestDevice(BrokerLab.User, "changed behind our back");
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((502, ConnectionRequestReason.DeviceRefusesCredentials), await lab.CurlAsync(path));
    }

    [Fact]
    public async Task Tries_pending_credentials_after_the_acknowledged_ones()
    {
        await using var device = new DigestDevice(BrokerLab.User, "pending");
        await using var lab = await BrokerLab.StartAsync();
        await lab.KnowAsync("1", "pending", "connection-request-pending");
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((200, ""), await lab.CurlAsync(path));
        Assert.Equal((200, ""), await lab.CurlAsync(path, "--digest", "-u", $"{BrokerLab.User}:pending"));
        Assert.Equal(2, device.Taken);
    }

    [Fact]
    public async Task Answers_502_for_a_device_whose_credentials_nobody_knows()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = BrokerLab.PathOf(await lab.InformAsync(device.Url));

        Assert.Equal((502, ConnectionRequestReason.CredentialsUnknown), await lab.CurlAsync(path));
        Assert.Equal(0, device.Port.Connections);
    }
}
