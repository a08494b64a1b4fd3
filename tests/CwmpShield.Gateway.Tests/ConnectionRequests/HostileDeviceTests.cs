using System.Net;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>Devices that answer as none should.</summary>
public sealed class HostileDeviceTests
{
    private static readonly EndpointPolicy Policy = new() { AccessNetworks = [new(0x7F000000, 8, false)], AllowNames = true };

    private static readonly RequestCredential Known = new(BrokerLab.User, new Core.Identity.StoredSecret.Password("secret"u8.ToArray()));

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\n\r\n", 502, ConnectionRequestReason.DeviceRedirects)]
    [InlineData("HTTP/1.1 503 Busy\r\n\r\n", 503, ConnectionRequestReason.DeviceBusy)]
    [InlineData("HTTP/1.1 500 Oops\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerOther)]
    [InlineData("HTTP/1.1 404 None\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerOther)]
    [InlineData("HTTP/1.1 403 No\r\n\r\n", 502, ConnectionRequestReason.DeviceRefusesCredentials)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerOther)]
    [InlineData("HTTP/2 200\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerBroken)]
    [InlineData("220 ftp ready\r\n", 502, ConnectionRequestReason.DeviceAnswerBroken)]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerBroken)]
    [InlineData("HTTP/1.1 -20 OK\r\n\r\n", 502, ConnectionRequestReason.DeviceAnswerBroken)]
    [InlineData("HTTP/1.1 401 No\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256, qop=\"auth\"\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\", realm=\"b\", nonce=\"n\"\r\n\r\n", 502, ConnectionRequestReason.DeviceSchemeRefused)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", 200, "")]
    [InlineData("HTTP/1.0 200 OK\n\n", 200, "")]
    public async Task Turns_whatever_a_device_answers_into_an_outcome(string answer, int status, string reason)
    {
        await using var device = new CallableDevice(call => call.SayAndCloseAsync(answer));

        Assert.Equal(new CallOutcome(status, reason), await CallAsync(device));
        Assert.DoesNotContain(device.Heads, head => head.Contains("Authorization", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_up_on_a_device_that_trickles()
    {
        await using var device = new CallableDevice(async call =>
        {
            await call.SayAsync("HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await call.SayAsync("X-Slow: 1\r\n");
                await Task.Delay(50, call.Stopped);
            }
        });

        Assert.Equal(CallOutcome.Bad(ConnectionRequestReason.DeviceAnswerBroken), await CallAsync(device));
    }

    [Fact]
    public async Task Gives_up_on_a_device_that_says_nothing()
    {
        await using var device = new CallableDevice(call => Task.Delay(Timeout.Infinite, call.Stopped));

        Assert.Equal(CallOutcome.Late(ConnectionRequestReason.DeviceTimeout), await CallAsync(device));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    [InlineData("HTTP/1.1 200 ")]
    [InlineData("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"")]
    public async Task Reads_no_more_than_its_bound_of_a_device_that_answers_megabytes(string begin)
    {
        var sent = 0L;
        await using var device = new CallableDevice(async call =>
        {
            await call.SayAsync(begin);
            while (true)
            {
                await call.SayAsync(new string('x', 65_536));
                sent += 65_536;
            }
        });

        Assert.Equal(CallOutcome.Bad(ConnectionRequestReason.DeviceAnswerBroken), await CallAsync(device, calls => calls with { TotalTime = TimeSpan.FromSeconds(20) }));
        Assert.True(sent < 64 << 20, "The socket's own buffers, and not the device's will.");
    }

    [Fact]
    public async Task Reports_a_device_that_resets_or_is_not_there()
    {
        await using var resetting = new CallableDevice(call =>
        {
            call.Reset();
            return Task.CompletedTask;
        });
        Assert.Equal(CallOutcome.Late(ConnectionRequestReason.DeviceUnreachable), await CallAsync(resetting));

        var gone = CallableDevice.Saying("");
        var endpoint = Endpoint(gone.Url);
        await gone.DisposeAsync();
        Assert.Equal(CallOutcome.Late(ConnectionRequestReason.DeviceUnreachable), await Caller().CallAsync(endpoint, [Known], default));
    }

    [Fact]
    public async Task Asks_again_over_a_new_connection_where_a_device_breaks_its_promise_to_keep_one()
    {
        await using var device = new CallableDevice(async call =>
        {
            if (call.Header("Authorization") is null)
            {
                await call.SayAndCloseAsync("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n");
                return;
            }

            await call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n");
        });

        Assert.Equal(new CallOutcome(200, ""), await CallAsync(device));
        Assert.Equal(2, device.Connections);
    }

    [Fact]
    public async Task Answers_a_fresh_nonce_with_the_same_credentials()
    {
        var round = 0;
        await using var device = new CallableDevice(call => call.Header("Authorization") is null || round++ == 0
            ? call.SayAsync($"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n{round}\", qop=\"auth\"{(round > 0 ? ", stale=TRUE" : "")}\r\nContent-Length: 0\r\n\r\n")
            : call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"));

        Assert.Equal(new CallOutcome(200, ""), await CallAsync(device));
    }

    [Fact]
    public async Task Sends_the_password_by_Basic_only_where_the_operator_says_so()
    {
        await using var device = new CallableDevice(call => call.Header("Authorization") is null
            ? call.SayAndCloseAsync("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n")
            : call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"));

        Assert.Equal(ConnectionRequestReason.DeviceSchemeRefused, (await CallAsync(device)).Reason);
        Assert.Equal(200, (await CallAsync(device, calls => calls with { Basic = BasicToDevices.Always })).Status);
    }

    [Fact]
    public async Task Calls_an_https_device_and_holds_it_to_the_operators_authorities()
    {
        using var authority = LabCertificateAuthority.CreateRoot("Devices");
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        using var certificate = authority.IssueServer("device");
        var bundle = Path.GetTempFileName();
        await using var device = new CallableDevice(call => call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"), certificate);
        try
        {
            await File.WriteAllTextAsync(bundle, authority.Certificate.ExportCertificatePem());
            Assert.Equal(200, (await new DeviceCaller(new DeviceCallOptions(), Policy, DeviceTrust.Load(bundle)).CallAsync(Endpoint(device.Url), [], default)).Status);
            Assert.Equal(200, (await CallAsync(device)).Status);
            await File.WriteAllTextAsync(bundle, stranger.Certificate.ExportCertificatePem());
            Assert.Equal(
                CallOutcome.Bad(ConnectionRequestReason.DeviceTls),
                await new DeviceCaller(new DeviceCallOptions(), Policy, DeviceTrust.Load(bundle)).CallAsync(Endpoint(device.Url), [], default));
        }
        finally
        {
            File.Delete(bundle);
        }
    }

    [Theory]
    [InlineData("192.0.2.1", ConnectionRequestReason.EndpointForeignAddress)]
    [InlineData("127.0.0.1,169.254.169.254", ConnectionRequestReason.EndpointLinkLocal)]
    [InlineData("127.0.0.1,::1", ConnectionRequestReason.EndpointLoopback)]
    [InlineData("::ffff:127.0.0.1", ConnectionRequestReason.EndpointEmbeddedAddress)]
    [InlineData("", ConnectionRequestReason.NameUnresolved)]
    public async Task Refuses_a_name_that_resolves_elsewhere(string addresses, string reason)
    {
        await using var device = new CallableDevice(call => call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"));
        var caller = Caller(addresses);

        Assert.Equal(CallOutcome.Unavailable(reason), await caller.CallAsync(Endpoint($"http://cpe.example.net:{device.Port}/"), [], default));
        Assert.Equal(0, device.Connections);
    }

    [Fact]
    public async Task Resolves_a_name_once_and_connects_to_the_address_that_was_checked()
    {
        var asked = 0;
        await using var device = new CallableDevice(call => call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"));
        var caller = new DeviceCaller(new DeviceCallOptions(), Policy, DeviceTrust.Load(""))
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "169.254.169.254")]),
        };

        Assert.Equal(200, (await caller.CallAsync(Endpoint($"http://cpe.example.net:{device.Port}/"), [], default)).Status);
        Assert.Equal(1, asked);
        Assert.Contains($"Host: cpe.example.net:{device.Port}\r\n", device.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_endpoint_that_the_configuration_does_not_allow_any_more()
    {
        await using var device = new CallableDevice(call => call.SayAndCloseAsync("HTTP/1.1 200 OK\r\n\r\n"));
        var caller = new DeviceCaller(new DeviceCallOptions(), Policy with { AccessNetworks = [] }, DeviceTrust.Load(""));

        Assert.Equal(CallOutcome.Unavailable(ConnectionRequestReason.EndpointLoopback), await caller.CallAsync(Endpoint(device.Url), [], default));
        Assert.Equal(0, device.Connections);
    }

    private static DeviceEndpoint Endpoint(string url) => DeviceEndpoint.Parse(url, isObserved: false)!;

    private static DeviceCaller Caller(string addresses = "127.0.0.1", DeviceCallOptions? calls = null) =>
        new(calls ?? new DeviceCallOptions { TotalTime = TimeSpan.FromSeconds(5) }, Policy, DeviceTrust.Load(""))
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]),
        };

    private static Task<CallOutcome> CallAsync(CallableDevice device, Func<DeviceCallOptions, DeviceCallOptions>? change = null)
    {
        var calls = new DeviceCallOptions { TotalTime = TimeSpan.FromSeconds(5) };
        return Caller(calls: change?.Invoke(calls) ?? calls).CallAsync(Endpoint(device.Url), [Known], default);
    }
}
