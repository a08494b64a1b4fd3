using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>What the ACS is told of where devices are called, and what is learned of it.</summary>
public sealed class EndpointLearningTests
{
    [Fact]
    public async Task Tells_the_ACS_one_broker_URL_for_as_long_as_it_is_not_revoked()
    {
        await using var lab = await BrokerLab.StartAsync();

        var first = await lab.InformAsync("http://127.0.0.1:30005/a");
        Assert.Equal(first, await lab.InformAsync("http://127.0.0.1:30006/b"));
        Assert.NotEqual(first, await lab.InformAsync("http://127.0.0.1:30007/a", "2"));
        Assert.Equal("http://127.0.0.1:30006/b", (await LearnedAsync(lab, "1")).Endpoint!.Url);

        Assert.Equal(1, await lab.Endpoints.RevokeAsync(await lab.KeyAsync("1"), default));
        Assert.Equal((404, ConnectionRequestReason.TokenUnknown), await lab.CurlAsync(BrokerLab.PathOf(first)));
        Assert.NotEqual(first, await lab.InformAsync("http://127.0.0.1:30006/b"));
    }

    [Fact]
    public async Task Rewrites_what_the_ACS_reads_by_partial_path()
    {
        await using var lab = await BrokerLab.StartAsync();
        lab.Acs.Order(id => Soap.GetParameterValues(id, "Device.ManagementServer."));
        await using var device = await lab.Lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();
        await device.PostAsync(Soap.GetParameterValuesResponse("o1").Replace(
            "InternetGatewayDevice.DeviceInfo.SoftwareVersion</Name><Value xsi:type=\"xsd:string\">1.0",
            "Device.ManagementServer.ConnectionRequestURL</Name><Value xsi:type=\"xsd:string\">http://127.0.0.1:30005/a",
            StringComparison.Ordinal));
        await lab.Lab.QuietAsync();

        var answer = lab.Acs.Server.Received.Last(request => request.Method == "GetParameterValuesResponse").Body;
        Assert.StartsWith(BrokerLab.PublicUrl, BrokerLab.Reported(answer, "ConnectionRequestURL"), StringComparison.Ordinal);
        Assert.DoesNotContain("30005", answer, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:30005/a", (await LearnedAsync(lab, "1")).Endpoint!.Url);
    }

    [Theory]
    [InlineData("ManagementServer.ConnectionRequestURL")]
    [InlineData("ConnectionRequestURL")]
    [InlineData(".ManagementServer.ConnectionRequestURL")]
    [InlineData("InternetGatewayDevice.ManagementServer.1.ConnectionRequestURL")]
    [InlineData("InternetGatewayDevice.ManagementServer[1].connectionrequesturl. ")]
    [InlineData("InternetGatewayDevice.ManagementServer.X_ACME_ConnectionRequestURL")]
    [InlineData("Device.X_ACME_WAN.UDPConnectionRequestAddress")]
    public async Task Replaces_and_does_not_learn_what_is_told_under_any_name_that_ends_so(string name)
    {
        await using var lab = await BrokerLab.StartAsync();
        await using var device = await lab.Lab.DeviceAsync();
        await device.PostAsync(Soap.Inform("1").Replace(
            "</ParameterList>",
            $"""<ParameterValueStruct><Name>{name}</Name><Value xsi:type="xsd:string">http://127.0.0.1:30005/own</Value></ParameterValueStruct></ParameterList>""",
            StringComparison.Ordinal));

        Assert.DoesNotContain("30005", lab.Acs.Server.Received.Last(request => request.Method == "Inform").Body, StringComparison.Ordinal);
        Assert.Null(await lab.Endpoints.ReportAsync(await lab.KeyAsync("1"), default) is { Learned.Endpoint: { } learned } ? learned : null);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("http://[::1]:30005/", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("http://10.0.0.7:30005/", ConnectionRequestReason.EndpointForeignAddress)]
    [InlineData("http://127.9.0.1:30005/", ConnectionRequestReason.EndpointManagementNetwork)]
    [InlineData("http://2130706433:30005/", ConnectionRequestReason.EndpointUnreadable)]
    [InlineData("http://user:pw@127.0.0.1:30005/", ConnectionRequestReason.EndpointUserInfo)]
    [InlineData("http://localhost:30005/", ConnectionRequestReason.EndpointHostName)]
    [InlineData("gopher://127.0.0.1:30005/", ConnectionRequestReason.EndpointScheme)]
    [InlineData("http://127.0.0.1:22/", ConnectionRequestReason.EndpointPort)]
    [InlineData("http://127.0.0.1:30005/UD/act?1", ConnectionRequestReason.Tr064EndpointReuse)]
    [InlineData("", ConnectionRequestReason.EndpointMissing)]
    public async Task Lets_the_Inform_go_on_and_answers_503_where_the_URL_is_no_devices(string url, string reason)
    {
        await using var lab = await BrokerLab.StartAsync();
        await lab.KnowAsync("1");

        var path = BrokerLab.PathOf(await lab.InformAsync(url));

        Assert.Equal((503, reason), await lab.CurlAsync(path));
        await lab.Lab.CountsAsync("cwmpshield_connection_request_endpoints_total", reason);
        if (reason == ConnectionRequestReason.Tr064EndpointReuse)
        {
            await lab.Lab.CountsAsync("cwmpshield_tr064_refusals_total", reason);
        }
    }

    [Fact]
    public async Task Forgets_an_endpoint_when_the_device_announces_one_that_is_refused()
    {
        await using var lab = await BrokerLab.StartAsync();
        await lab.InformAsync("http://127.0.0.1:30005/a");

        await lab.InformAsync("http://10.0.0.7:30005/");

        Assert.Null((await LearnedAsync(lab, "1")).Endpoint);
    }

    [Fact]
    public async Task Believes_the_newest_of_two_devices_at_one_place()
    {
        await using var lab = await BrokerLab.StartAsync();
        await lab.InformAsync("http://127.0.0.1:30005/a", "1");
        await lab.InformAsync("http://127.0.0.1:30005/b", "2");

        Assert.Equal(ConnectionRequestReason.EndpointSuperseded, (await LearnedAsync(lab, "1")).Refusal);
        Assert.Equal("http://127.0.0.1:30005/b", (await LearnedAsync(lab, "2")).Endpoint!.Url);

        await lab.InformAsync("http://127.0.0.1:30005/a", "1");
        Assert.NotNull((await LearnedAsync(lab, "1")).Endpoint);
        Assert.Equal(ConnectionRequestReason.EndpointSuperseded, (await LearnedAsync(lab, "2")).Refusal);
    }

    [Fact]
    public async Task Refuses_the_address_of_a_device_that_was_seen_there_to_one_that_was_not()
    {
        await using var lab = await BrokerLab.StartAsync();
        await lab.InformAsync("http://127.0.0.1:30005/a", "1");
        EndpointCheck.TryCheck("http://127.0.0.1:30005/b", null, new EndpointPolicy { AccessNetworks = [new(0x7F000000, 8, false)] }, out var claimed, out _);

        var (target, superseded) = await lab.Endpoints.LearnAsync(
            new EndpointSighting(await lab.KeyAsync("2"), (claimed, ""), null, TimeProvider.System.GetUtcNow()), default);

        Assert.Equal(ConnectionRequestReason.EndpointOfAnotherDevice, target!.Learned.Refusal);
        Assert.Empty(superseded);
        Assert.NotNull((await LearnedAsync(lab, "1")).Endpoint);
    }

    [Fact]
    public async Task Learns_where_a_device_is_called_over_UDP()
    {
        await using var lab = await BrokerLab.StartAsync();

        await lab.InformAsync("http://127.0.0.1:30005/a", udp: "127.0.0.1:40000");

        Assert.Equal("127.0.0.1:40000", (await LearnedAsync(lab, "1")).Udp!.Place);
    }

    [Fact]
    public async Task Leaves_messages_as_they_are_where_nothing_is_proven_or_there_is_no_broker()
    {
        var observe = static (GatewayOptions options) => options with { Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }] };
        await using var observing = await BrokerLab.StartAsync(options: observe);
        Assert.Equal("http://127.0.0.1:30005/a", await observing.InformAsync("http://127.0.0.1:30005/a"));
        Assert.Null(await observing.Endpoints.ReportAsync(await observing.KeyAsync("1"), default) is { Learned.LearnedAt: { } at } ? at : null);

        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var plain = await Lab.StartAsync(server);
        await using var device = await plain.DeviceAsync();
        await device.PostAsync(BrokerLab.Inform("1", "http://127.0.0.1:30005/a"));
        Assert.Equal("http://127.0.0.1:30005/a", BrokerLab.Reported(server.Received.First().Body, "ConnectionRequestURL"));
    }

    [Fact]
    public async Task Replaces_and_does_not_learn_what_a_device_tells_whose_identity_only_its_fleet_proves()
    {
        await using var lab = await BrokerLab.StartAsync(options: options => options with
        {
            Listeners =
            [
                options.Listeners[0] with
                {
                    ClientCertificates = ClientCertificatePolicy.Allow,
                    Identity = new ListenerIdentityOptions { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic },
                },
            ],
        });
        await lab.Lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(
            new DeviceDraft
            {
                Device = BrokerLab.Id("9"),
                SharedUser = "fleet",
                SharedSecret = new StoredSecret.Password("fleet"u8.ToArray()),
                MigrationUntil = TimeProvider.System.GetUtcNow().AddDays(1),
            },
            default);
        await using var device = await ScriptedDevice.ConnectAsync(lab.Lab.Door(), null, "9", tls: true);
        device.Headers = $"Authorization: Basic {Convert.ToBase64String("fleet:fleet"u8)}\r\n";

        Assert.Equal("InformResponse", (await device.PostAsync(BrokerLab.Inform("9", "http://127.0.0.1:30005/a"))).Method);

        Assert.StartsWith(BrokerLab.PublicUrl, BrokerLab.Reported(lab.Acs.Server.Received.First().Body, "ConnectionRequestURL"), StringComparison.Ordinal);
        Assert.Null((await LearnedAsync(lab, "9")).Endpoint);
    }

    [Fact]
    public async Task Exports_metrics_that_promtool_accepts()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);
        await lab.CurlAsync(path);
        await lab.CurlAsync("/UD/act");
        await lab.InformAsync(device.Url, @event: "6 CONNECTION REQUEST");

        var text = lab.Lab.Metrics();

        Assert.Contains("cwmpshield_connection_request_latency_seconds_bucket", text, StringComparison.Ordinal);
        Assert.DoesNotContain(BrokerLab.Id("1").ToString(), text, StringComparison.Ordinal);
        Assert.Equal("", await Telemetry.Scrape.LintAsync(text));
    }

    [Fact]
    public async Task Refuses_the_URL_of_a_device_that_is_removed_or_withdrawn()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);
        var registry = lab.Lab.Services.GetRequiredService<IDeviceRegistry>();

        await registry.ChangeStatusAsync(BrokerLab.Id("1"), StatusChange.Disable("stolen", DateTimeOffset.UnixEpoch), default);
        Assert.Equal((503, ConnectionRequestReason.DeviceWithdrawn), await lab.CurlAsync(path));
        await registry.RemoveAsync(BrokerLab.Id("1"), default);
        Assert.Equal((404, ConnectionRequestReason.TokenUnknown), await lab.CurlAsync(path));
        Assert.Equal(0, device.Port.Connections);
    }

    [Fact]
    public async Task Measures_from_the_call_to_the_Inform()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync();
        var path = await lab.LearnAsync(device.Url);
        Assert.Equal(200, (await lab.CurlAsync(path)).Status);

        await lab.InformAsync(device.Url, @event: "6 CONNECTION REQUEST");

        await lab.Lab.CountsAsync("cwmpshield_connection_request_answers_total", "inform");
        await lab.Lab.Services.GetRequiredService<AnswerWatch>().SweepAsync(default);
        var report = await lab.Endpoints.ReportAsync(await lab.KeyAsync("1"), default);
        Assert.Equal((1, 1, 1, "taken"), (report!.Calls, report.Taken, report.Answered, report.LastOutcome));
        Assert.NotNull(report.LastLatency);
    }

    [Fact]
    public async Task Takes_in_an_Inform_that_comes_before_the_device_answers_its_call()
    {
        BrokerLab? running = null;
        await using var device = new CallableDevice(async call =>
        {
            await running!.InformAsync($"http://127.0.0.1:{call.Port}/cr-7f3a", @event: "6 CONNECTION REQUEST");
            await call.SayAndCloseAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var lab = running = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { CoalesceTime = TimeSpan.FromMinutes(5) } });
        var path = await lab.LearnAsync(device.Url);

        Assert.Equal((200, ""), await lab.CurlAsync(path));
        await lab.Lab.CountsAsync("cwmpshield_connection_request_answers_total", "inform");
        Assert.Equal((200, ""), await lab.CurlAsync(path));
        Assert.Equal(2, device.Connections);
    }

    [Fact]
    public async Task Counts_a_device_that_takes_calls_and_never_comes()
    {
        await using var device = new DigestDevice(BrokerLab.User, BrokerLab.Password);
        await using var lab = await BrokerLab.StartAsync(options => options with { Limits = options.Limits with { AnswerTime = TimeSpan.Zero } });
        var path = await lab.LearnAsync(device.Url);
        var watch = lab.Lab.Services.GetRequiredService<AnswerWatch>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await lab.CurlAsync(path)).Status);
            await watch.SweepAsync(default);
        }

        await ListenerHost.EventuallyAsync(() => lab.Endpoints.ReportAsync(1, default).AsTask().GetAwaiter().GetResult()?.Unanswered == 3, "three calls are unanswered");
        await lab.Lab.CountsAsync("cwmpshield_connection_request_answers_total", "none");
        Assert.Equal("1", Assert.Single(await lab.Endpoints.ListAsync(0, 10, EndpointFilter.Silent, default)).Learned.Device.SerialNumber);
    }

    private static async Task<LearnedEndpoint> LearnedAsync(BrokerLab lab, string serial) =>
        (await lab.Endpoints.FindAsync(await lab.KeyAsync(serial)))!.Learned;
}
