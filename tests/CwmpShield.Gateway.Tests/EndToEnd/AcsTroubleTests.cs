using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>An ACS that is down, slow or talks rubbish: the device gets 503 with Retry-After, never a page and never an end of session.</summary>
public sealed class AcsTroubleTests
{
    private const string SoapHead = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

    /// <summary>What the ACS answers an Inform with, and the word that it is counted under.</summary>
    public static TheoryData<string, string> Rubbish => new()
    {
        { $"{SoapHead}Content-Length: 5000\r\n\r\n{Soap.InformResponse("1")}", "acs-truncated" },
        { $"{SoapHead}Content-Length: 100\r\n\r\n{Soap.InformResponse("1")}", "acs-unreadable" },
        { $"{SoapHead}Transfer-Encoding: chunked\r\n\r\nzz\r\n", "acs-truncated" },
        { $"{SoapHead}Content-Length: 99999999\r\n\r\n", "body-too-large" },
        { $"{SoapHead}Content-Length: 5\r\nContent-Encoding: br\r\n\r\nabcde", "body-coding" },
        { $"{SoapHead}Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nabcde", "body-coding-broken" },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 33\r\n\r\n<html><body>Welcome</body></html>", "acs-unreadable" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "acs-answer-missing" },
        { "HTTP/1.1 204 No Content\r\n\r\n", "acs-answer-missing" },
        { "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 6\r\n\r\nsecret", "acs-status" },
        { "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "acs-unauthorized" },
        { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", "acs-unauthorized" },
        { "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "acs-unauthorized" },
        { "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n", "acs-redirect-refused" },
        { "HTTP/1.1 301 Moved Permanently\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n", "acs-status" },
        { "SSH-2.0-OpenSSH_9\r\n\r\n\r\n", "acs-not-http" },
        { $"HTTP/1.1 200 OK\r\nX: {new string('x', 40_000)}\r\n\r\n", "acs-not-http" },
        { AcsAnswerText(Soap.Reboot("1")), "acs-order-out-of-turn" },
        { AcsAnswerText(Soap.InformResponse("2")), "acs-answer-id-mismatch" },
        { AcsAnswerText(Soap.TransferCompleteResponse("1")), "acs-answer-name-mismatch" },
        { AcsAnswerText(Soap.InformResponse("1", "<x>evil</x>")), "test-rule" },
        { "", "acs-closed" },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Gives_503_for_rubbish(string answer, string reason)
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Raw(answer) with { Closes = true });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await AssertUnavailableAsync(await device.PostAsync(Soap.Inform("1")), lab, reason);

        await lab.QuietAsync();
    }

    [Fact]
    public async Task Gives_503_when_nothing_listens()
    {
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var lab = await Lab.StartAsync([$"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/"]);
        await using var device = await lab.DeviceAsync();

        await AssertUnavailableAsync(await device.PostAsync(Soap.Inform("1")), lab, "acs-connect-failed");
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "acs-unavailable");
    }

    [Fact]
    public async Task Gives_503_when_the_ACS_says_nothing_in_time()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Hang);
        await using var lab = await Lab.StartAsync(server, Hurried);
        await using var device = await lab.DeviceAsync();

        await AssertUnavailableAsync(await device.PostAsync(Soap.Inform("1")), lab, "acs-timeout");
    }

    [Fact]
    public async Task Gives_503_when_the_ACS_stops_in_the_middle_of_its_answer()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Raw($"{SoapHead}Content-Length: 5000\r\n\r\n<a") with { Hangs = true });
        await using var lab = await Lab.StartAsync(server, Hurried);
        await using var device = await lab.DeviceAsync();

        await AssertUnavailableAsync(await device.PostAsync(Soap.Inform("1")), lab, "acs-timeout");
    }

    [Fact]
    public async Task Gives_503_when_a_listed_cluster_has_no_destination()
    {
        await using var lab = await Lab.StartAsync([]);
        await using var device = await lab.DeviceAsync();

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, "30", ""), (refused.Status, refused.Header("Retry-After"), refused.Body));
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "acs-no-destination");
        await lab.QuietAsync();
    }

    [Fact]
    public async Task Never_sends_a_message_again_that_may_have_been_sent()
    {
        await using var server = new ScriptedAcs(request =>
            request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Die);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        await AssertUnavailableAsync(await device.EmptyAsync(), lab, "acs-closed");

        await lab.QuietAsync();
        Assert.Equal("Inform -", server.Words);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Connects_again_with_the_cookies_where_the_ACS_closed_between_two_messages()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id), "Set-Cookie: session=abc; Path=/; HttpOnly\r\nSet-Cookie: route=\"n1\"\r\nConnection: close\r\n") with { Closes = true }
            : AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal(2, server.Connections);
        Assert.Equal("session=abc; route=\"n1\"", server.Received.Last().Header("Cookie"));
    }

    [Fact]
    public async Task Reads_a_compressed_answer_within_the_same_limits()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform" ? Zipped(Soap.InformResponse(request.Id)) : Zipped(new string(' ', 4 << 20)));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        var refused = await device.EmptyAsync();

        Assert.Equal(503, refused.Status);
        await lab.QuietAsync();
    }

    [Fact]
    public async Task Relays_a_redirect_to_a_listed_target()
    {
        const string target = "https://acs2.example/cwmp";
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("302 Found", "", $"Location: {target}\r\nSet-Cookie: a=b\r\n"));
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = options.Acs with { AllowedRedirects = [target] } });
        await using var device = await lab.DeviceAsync();

        var redirected = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((302, target, null), (redirected.Status, redirected.Header("Location"), redirected.Header("Set-Cookie")));
        await lab.QuietAsync();
    }

    [Fact]
    public async Task Passes_on_how_long_an_overloaded_ACS_wants_to_be_left_alone()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("503 Service Unavailable", "busy", "Retry-After: 120\r\n"));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, "120", ""), (refused.Status, refused.Header("Retry-After"), refused.Body));
    }

    private static GatewayOptions Hurried(GatewayOptions options) => options with { Acs = options.Acs with { AnswerTime = TimeSpan.FromMilliseconds(300) } };

    private static string AcsAnswerText(string body) => $"{SoapHead}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static AcsAnswer Zipped(string body)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(body));
        }

        var head = Encoding.ASCII.GetBytes($"{SoapHead}Content-Encoding: gzip\r\nContent-Length: {bytes.Length}\r\n\r\n");
        return new AcsAnswer([.. head, .. bytes.ToArray()]);
    }

    private static async Task AssertUnavailableAsync(DeviceSaw answer, Lab lab, string reason)
    {
        Assert.Equal((503, "30", ""), (answer.Status, answer.Header("Retry-After"), answer.Body));
        Assert.DoesNotContain(answer.Headers, header => header.Key is "Server" or "Location" or "WWW-Authenticate" or "Set-Cookie");
        await lab.CountsAsync("cwmpshield_upstream_errors_total", reason);
    }
}
