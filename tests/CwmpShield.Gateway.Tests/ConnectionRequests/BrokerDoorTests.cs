using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>What the broker's door refuses, and how often it has devices called.</summary>
public sealed class BrokerDoorTests
{
    private static readonly string[] Good = ["--digest", "-u", $"{BrokerLab.User}:{BrokerLab.Password}"];

    [Fact]
    public async Task Refuses_everything_but_a_GET_of_a_devices_URL()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((405, ConnectionRequestReason.MethodNotAllowed), await lab.CurlAsync(path, [.. Good, "-X", "POST"]));
        Assert.Equal((405, ConnectionRequestReason.MethodNotAllowed), await lab.CurlAsync(path, [.. Good, "-I"]));
        Assert.Equal((405, ConnectionRequestReason.MethodNotAllowed), await lab.CurlAsync(path, [.. Good, "-X", "get"]));
        Assert.Equal((400, ConnectionRequestReason.BodyRefused), await lab.CurlAsync(path, "-u", "a:b", "-X", "GET", "-d", "x=1"));
        Assert.Equal((400, ConnectionRequestReason.BodyRefused), await lab.CurlAsync(path, "-X", "GET", "-H", "Transfer-Encoding: chunked", "-d", "x"));
        Assert.Equal((404, BrokerReason.PathUnknown), await lab.CurlAsync(path + "?cmd=reboot", Good));
        Assert.Equal((404, BrokerReason.PathUnknown), await lab.CurlAsync(path + "/", Good));
        Assert.Equal((404, BrokerReason.PathUnknown), await lab.CurlAsync("/", Good));
        Assert.Equal((404, BrokerReason.PathUnknown), await lab.CurlAsync("/x" + path, [.. Good, "--path-as-is"]));
        Assert.Equal((404, ConnectionRequestReason.TokenUnknown), await lab.CurlAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), Good));
        Assert.Equal((404, ConnectionRequestReason.TokenUnknown), await lab.CurlAsync("/cr/" + new string('A', BrokerToken.Length), Good));
        Assert.Equal(0, device.Port.Connections);
    }

    [Theory]
    [InlineData("/UD/act?1")]
    [InlineData("/cr/%55D/act")]
    [InlineData("/ctrlt/DeviceUpgrade_1")]
    [InlineData("/upnp/control/WANIPConn1")]
    [InlineData("/tr064/")]
    public async Task Counts_a_probe_for_TR064_in_its_own_family(string path)
    {
        await using var lab = await BrokerLab.StartAsync();

        Assert.Equal((404, Tr064Reason.Path), await lab.CurlAsync(path, Good));
        await lab.Lab.CountsAsync("cwmpshield_tr064_refusals_total", "broker");
    }

    [Fact]
    public async Task Proxies_to_nothing_that_was_not_learned()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var other = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        await lab.LearnAsync(device.Url);

        Assert.Equal((404, ConnectionRequestReason.TargetUnknown), await lab.ProxiedAsync(other.Url));
        Assert.Equal((404, ConnectionRequestReason.TargetUnknown), await lab.ProxiedAsync(device.Url + "/x"));
        Assert.Equal((404, ConnectionRequestReason.TargetUnknown), await lab.ProxiedAsync(device.Url + "?x=1"));
        Assert.Equal((404, ConnectionRequestReason.TargetUnknown), await lab.ProxiedAsync("http://169.254.169.254/latest/meta-data/"));
        Assert.Equal((404, Tr064Reason.Path), await lab.ProxiedAsync($"http://127.0.0.1:{device.Port.Port}/UD/act"));
        Assert.Equal((404, Tr064Reason.Path), await lab.ProxiedAsync("http://127.0.0.1:49000/"));
        Assert.Equal(0, (await lab.CurlAsync("/", "--proxytunnel", "--proxy", $"http://{lab.Door}")).Status);
        Assert.Equal(0, device.Port.Connections + other.Port.Connections);
    }

    [Fact]
    public async Task Hangs_up_on_who_is_no_ACS()
    {
        await using var lab = await BrokerLab.StartAsync(options => options with { AcsNetworks = ["192.0.2.0/24"] });

        Assert.True(await RawClient.IsTurnedAwayAsync(lab.Door));
        await lab.Lab.CountsAsync("cwmpshield_connection_requests_total", BrokerReason.AcsUnlisted);
    }

    [Fact]
    public async Task Carries_none_of_the_ACSs_headers_to_the_device()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal(200, (await lab.CurlAsync(path, [.. Good, "-H", "Cookie: C107373883=/omg1337hax", "-H", "X-Evil: 1", "-A", "evil", "-e", "http://evil/"])).Status);
        Assert.All(device.Port.Heads, head => Assert.DoesNotContain("evil", head + head.Contains("Cookie", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase));
        Assert.All(device.Port.Heads, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Holds_each_device_to_its_own_rate()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { PerDevicePerMinute = 2 } });
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal(200, (await lab.CurlAsync(path)).Status);
        Assert.Equal((503, ConnectionRequestReason.RateDevice), await lab.CurlAsync(path));
        Assert.Equal(1, device.Taken);
    }

    [Fact]
    public async Task Tells_whoever_guesses_passwords_nothing_any_more()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => lab.CurlAsync(path, "--digest", "-u", $"{BrokerLab.User}:guess{i}")));

        Assert.Contains((503, ConnectionRequestReason.RateDevice), guesses);
        Assert.Equal(0, device.Port.Connections);
    }

    [Fact]
    public async Task Holds_the_fleet_to_its_budget_and_an_ACS_to_its_rate()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using (var lab = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { FleetPerSecond = 1, MaxCalls = 1 } }))
        {
            var path = await lab.LearnAsync(device.Url);
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            {
                await lab.CurlAsync(path);
                return await lab.CurlAsync(path);
            }));
            Assert.Contains((503, ConnectionRequestReason.RateFleet), answers);
        }

        await using (var lab = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { PerAcsPerSecond = 1 } }))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lab.CurlAsync("/", Good)));
            Assert.Contains((503, ConnectionRequestReason.RateAcs), answers);
        }
    }

    [Fact]
    public async Task Calls_a_device_once_for_many_that_ask_and_anew_once_it_has_informed()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { CoalesceTime = TimeSpan.FromMinutes(5) } });
        var path = await lab.LearnAsync(device.Url);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lab.CurlAsync(path)));
        Assert.All(answers, answer => Assert.Equal((200, ""), answer));
        Assert.Equal(1, device.Taken);

        await lab.InformAsync(device.Url, @event: "6 CONNECTION REQUEST");
        Assert.Equal(200, (await lab.CurlAsync(path)).Status);
        Assert.Equal(2, device.Taken);
    }

    [Fact]
    public async Task Takes_Basic_inside_TLS_from_an_ACS_that_shows_its_certificate()
    {
        using var tls = new TlsLab();
        using var acs = tls.Devices.IssueClient("acs");
        using var stranger = tls.Servers.IssueClient("acs");
        var known = tls.WritePem(acs, "acs");
        var unknown = tls.WritePem(stranger, "stranger");
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync(options => options with { Certificate = tls.Server, ClientCaPath = tls.CaPath });
        var path = await lab.LearnAsync(device.Url);
        Task<(int Status, string Reason)> AskAsync(CertificateOptions? shown) => lab.CurlTlsAsync(
            path, ["--basic", "-u", $"{BrokerLab.User}:{BrokerLab.Password}", .. shown is null ? Array.Empty<string>() : ["--cert", shown.Path, "--key", shown.KeyPath]]);

        Assert.Equal((200, ""), await AskAsync(known));
        Assert.Equal(0, (await AskAsync(unknown)).Status);
        Assert.Equal(0, (await AskAsync(null)).Status);
        Assert.Equal(1, device.Taken);
    }

    [Fact]
    public async Task Lets_an_ACS_with_a_certificate_call_without_the_devices_credentials_where_the_operator_says_so()
    {
        using var tls = new TlsLab();
        using var acs = tls.Devices.IssueClient("acs");
        var known = tls.WritePem(acs, "acs");
        await using var device = CallableDevice.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var lab = await BrokerLab.StartAsync(options => options with { Certificate = tls.Server, ClientCaPath = tls.CaPath, RequireDeviceLogin = false });
        var path = BrokerLab.PathOf(await lab.InformAsync(device.Url));

        Assert.Equal((200, ""), await lab.CurlTlsAsync(path, ["--cert", known.Path, "--key", known.KeyPath]));
    }
}
