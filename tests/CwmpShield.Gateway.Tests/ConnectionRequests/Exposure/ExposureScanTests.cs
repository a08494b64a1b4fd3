using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Exposure;

public sealed class ExposureScanTests
{
    private static readonly DeviceCallOptions Patient = new() { ConnectTime = TimeSpan.FromSeconds(10), TotalTime = TimeSpan.FromSeconds(20) };
    private static readonly DeviceCallOptions Hasty = new() { ConnectTime = TimeSpan.FromSeconds(10), TotalTime = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task Finds_nothing_at_a_device_that_is_guarded_and_asks_only_by_get_without_credentials()
    {
        await using var device = WebDevice.Guarded();

        var finding = await ScanAsync(device.Port);

        Assert.Equal((ExposureOutcome.Answered, 401, LoginSchemes.DigestMd5), (finding.Outcome, finding.Status, finding.Schemes));
        Assert.Equal((RealmClass.Model, "lighttpd/1.4", false), (finding.Realm, finding.Server, finding.IsExposed));
        Assert.Equal(1 + ExposureQuestion.Descriptions.Count, device.Requests.Count);
        Assert.All(device.Requests, request =>
        {
            Assert.StartsWith("GET /", request, StringComparison.Ordinal);
            Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("SOAPAction", request, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Content-Length", request, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Finds_tr064_and_upnp_beside_connection_requests()
    {
        await using var device = WebDevice.Of(line =>
            line.Contains("/tr64desc.xml", StringComparison.Ordinal) ? "HTTP/1.1 200 OK\r\n\r\n<root>urn:dslforum-org:device:InternetGatewayDevice:1</root>"
            : line.Contains("/rootDesc.xml", StringComparison.Ordinal) ? "HTTP/1.1 200 OK\r\n\r\n<root>urn:schemas-upnp-org:device:InternetGatewayDevice:1</root>"
            : "HTTP/1.1 200 OK\r\n\r\nhello");

        var finding = await ScanAsync(device.Port);

        Assert.True(finding is { IsTr064: true, IsOpen: true, IsExposed: true });
        Assert.Equal(ExposedServices.Tr064 | ExposedServices.Upnp, finding.Services);
        Assert.Equal(["/tr64desc.xml", "/rootDesc.xml"], finding.Paths);
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        await using var other = WebDevice.Guarded();
        await using var device = WebDevice.Of(_ => $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other.Port}/\r\nContent-Length: 0\r\n\r\n");

        var finding = await ScanAsync(device.Port);

        Assert.Equal(302, finding.Status);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Is_done_in_time_with_a_device_that_trickles()
    {
        await using var device = WebDevice.Of(async (_, stream, stopping) =>
        {
            while (true)
            {
                await stream.WriteAsync("H"u8.ToArray(), stopping);
                await Task.Delay(10, stopping);
            }
        });

        Assert.Equal(ExposureOutcome.Silent, (await ScanAsync(device.Port, Hasty)).Outcome);
        Assert.Single(device.Requests);
    }

    [Fact]
    public async Task Leaves_a_device_alone_that_stops_answering()
    {
        await using var device = WebDevice.Of(async (line, stream, stopping) =>
        {
            if (line.StartsWith("GET /cr ", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stopping);
                return;
            }

            await Task.Delay(Timeout.Infinite, stopping);
        });

        var finding = await ScanAsync(device.Port, Hasty);

        Assert.Equal((ExposureOutcome.Answered, 401), (finding.Outcome, finding.Status));
        Assert.Equal(3, device.Requests.Count);
    }

    [Fact]
    public async Task Reads_no_more_than_is_bounded_of_a_device_that_talks_without_end()
    {
        await using var device = WebDevice.Of(async (_, stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nServer: big\r\n\r\n"u8.ToArray(), stopping);
            var much = new byte[1 << 16];
            while (true)
            {
                await stream.WriteAsync(much, stopping);
            }
        });
        var watch = Stopwatch.StartNew();

        var finding = await ScanAsync(device.Port, Patient);

        Assert.Equal(("big", 200), (finding.Server, finding.Status));
        Assert.True(watch.Elapsed < Patient.TotalTime, "the bound ended the answers, not the time");
    }

    [Fact]
    public async Task Takes_what_came_before_a_reset()
    {
        await using var device = WebDevice.Of(async (_, stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"\"\r\n\r\n"u8.ToArray(), stopping);
            await Task.Delay(100, stopping);
            stream.Socket.LingerState = new(true, 0);
        });

        var finding = await ScanAsync(device.Port);

        Assert.Equal((LoginSchemes.Basic, RealmClass.Empty), (finding.Schemes, finding.Realm));
    }

    [Fact]
    public async Task Calls_a_closed_port_unreachable()
    {
        int port;
        await using (var device = WebDevice.Guarded())
        {
            port = device.Port;
        }

        Assert.Equal(ExposureOutcome.Unreachable, (await ScanAsync(port)).Outcome);
    }

    [Fact]
    public async Task Asks_over_tls_whatever_the_certificate()
    {
        var authority = LabCertificateAuthority.CreateRoot("Device");
        using var certificate = authority.IssueServer("device.invalid");
        await using var device = new TlsDevice(certificate);

        var finding = await ScanAsync(device.Port, scheme: "https");

        Assert.Equal((ExposureOutcome.Answered, LoginSchemes.Basic), (finding.Outcome, finding.Schemes));
    }

    [Theory]
    [InlineData("http://198.51.100.7:7547/cr", ConnectionRequestReason.EndpointForeignAddress)]
    [InlineData("http://device.example.net:7547/cr", ConnectionRequestReason.EndpointHostName)]
    public async Task Asks_nobody_outside_the_access_networks_even_where_the_device_came_from_there(string url, string reason)
    {
        Assert.True(EndpointCheck.TryCheck(url, IpValue.From(IPAddress.Parse("198.51.100.7")), new EndpointPolicy { AllowNames = true }, out var endpoint, out var refusal), refusal);

        var finding = await ScanAsync(new ExposureTarget(new DeviceId("00D09E", "HGW", "1"), "", endpoint, ""), Patient);

        Assert.Equal((ExposureOutcome.NotAsked, reason, "(unknown)"), (finding.Outcome, finding.Refusal, finding.Model));
    }

    [Fact]
    public async Task Counts_a_device_that_announced_tr064_without_asking_it()
    {
        var finding = await ScanAsync(new ExposureTarget(new DeviceId("00D09E", "HGW", "1"), "M", null, ConnectionRequestReason.Tr064EndpointReuse), Patient);

        Assert.True(finding is { Outcome: ExposureOutcome.NotAsked, IsTr064: true, IsExposed: true });
    }

    [Fact]
    public async Task Keeps_its_pace_and_its_bound_on_devices_at_one_time()
    {
        await using var device = WebDevice.Guarded();
        var scan = new ExposureScan(Policy, new DeviceProbe(Patient), new ScanPace(100, TimeProvider.System));
        var target = Target(device.Port);
        var findings = new List<ExposureFinding>();
        var watch = Stopwatch.StartNew();

        await scan.RunAsync(Enumerable.Repeat(target, 5).ToAsyncEnumerable(), findings.Add, default);

        Assert.Equal(5, findings.Count);
        // 50 questions at 100 a second: the last one cannot come before 0.49 s.
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(480), watch.Elapsed.ToString());
    }

    private static EndpointPolicy Policy
    {
        get
        {
            Assert.True(IpValue.TryParse("127.0.0.0/8", out var loopback));
            return new EndpointPolicy { AccessNetworks = [loopback] };
        }
    }

    private static ExposureTarget Target(int port, string scheme = "http")
    {
        Assert.True(EndpointCheck.TryCheck($"{scheme}://127.0.0.1:{port}/cr", null, Policy, out var endpoint, out var reason), reason);
        return new ExposureTarget(new DeviceId("00D09E", "HGW", "SN1"), "Model-1", endpoint, "");
    }

    private static Task<ExposureFinding> ScanAsync(int port, DeviceCallOptions? options = null, string scheme = "http") => ScanAsync(Target(port, scheme), options ?? Patient);

    private static async Task<ExposureFinding> ScanAsync(ExposureTarget target, DeviceCallOptions options)
    {
        var findings = new List<ExposureFinding>();
        var scan = new ExposureScan(Policy, new DeviceProbe(options), new ScanPace(10_000, TimeProvider.System));
        await scan.RunAsync(new[] { target }.ToAsyncEnumerable(), findings.Add, default);
        return Assert.Single(findings);
    }
}
