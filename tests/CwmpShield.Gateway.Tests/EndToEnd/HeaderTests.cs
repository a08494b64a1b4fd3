using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Headers pass by an allow-list, both ways.</summary>
public sealed class HeaderTests
{
    private static readonly string[] ToAcs = ["Host", "Content-Type", "Content-Length", "SOAPAction", "Cookie", "Forwarded"];
    private static readonly string[] ToDevice = ["Content-Type", "Content-Length", "Set-Cookie", "Date"];

    [Fact]
    public async Task Sends_the_ACS_nothing_of_the_device_s_headers()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id), "Set-Cookie: session=abc\r\n")
            : AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        device.Headers = "Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nAccept-Encoding: gzip\r\nUser-Agent: rogue\r\n"
            + "Via: x\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nAuthorization: Basic " + Convert.ToBase64String("00D09E-HGW-1:pw"u8) + "\r\nCookie: session=forged; cwmpshield=AAAAAAAAAAAAAAAAAAAAAA\r\n";
        var informed = await device.PostAsync(Soap.Inform("1"));
        device.Headers = device.Headers.Replace("Cookie:", "X-Cookie:", StringComparison.Ordinal);
        await device.EmptyAsync();

        Assert.Equal(200, informed.Status);
        foreach (var request in server.Received)
        {
            Assert.All(request.Headers, header => Assert.Contains(header.Key, ToAcs, StringComparer.OrdinalIgnoreCase));
            Assert.Equal("POST / HTTP/1.1", request.RequestLine);
            Assert.Equal("for=127.0.0.1;proto=https", request.Header("Forwarded"));
        }

        var inform = server.Received.First();
        Assert.Equal(("text/xml; charset=\"utf-8\"", "", null), (inform.Header("Content-Type"), inform.Header("SOAPAction"), inform.Header("Cookie")));
        var empty = server.Received.Last();
        Assert.Equal((null, null, "0", "session=abc"), (empty.Header("Content-Type"), empty.Header("SOAPAction"), empty.Header("Content-Length"), empty.Header("Cookie")));
    }

    [Fact]
    public async Task Sends_the_device_nothing_of_the_ACS_s_headers()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id), "Set-Cookie: session=abc\r\nSOAPServer: GenieACS\r\nX-Powered-By: x\r\nLocation: http://evil.example/\r\nRefresh: 1\r\n")
            : AcsAnswer.Raw("HTTP/1.1 204 No Content\r\nServer: x\r\nSet-Cookie: a=b\r\nRetry-After: 7\r\n\r\n"));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var informed = await device.PostAsync(Soap.Inform("1"));
        var end = await device.EmptyAsync();

        Assert.All(informed.Headers.Concat(end.Headers), header => Assert.Contains(header.Key, ToDevice, StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain("abc", informed.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Equal("text/xml; charset=\"utf-8\"", informed.Header("Content-Type"));
    }

    [Fact]
    public async Task Sends_the_bytes_that_were_judged_and_not_those_that_came()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id).Replace("<MaxEnvelopes>", "<!-- a --><MaxEnvelopes>", StringComparison.Ordinal))
            : AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var informed = await device.PostAsync(Soap.Inform("1").Replace("<cwmp:Inform>", "<cwmp:Inform><!-- b -->", StringComparison.Ordinal));

        Assert.Equal("InformResponse", informed.Method);
        Assert.DoesNotContain("<!--", informed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", server.Received.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_the_configured_host_name_and_to_the_path_that_the_destination_names()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(
            [server.Address + "cwmp/in"], options => options with { Acs = options.Acs with { Host = "acs.operator.example", ForwardedBy = "_edge1" } });
        await using var device = await lab.DeviceAsync();

        await device.PostAsync(Soap.Inform("1"));

        var sent = server.Received.First();
        Assert.Equal("POST /cwmp/in HTTP/1.1", sent.RequestLine);
        Assert.Equal("acs.operator.example", sent.Header("Host"));
        Assert.Equal("for=127.0.0.1;proto=https;by=_edge1", sent.Header("Forwarded"));
    }

    [Fact]
    public async Task Keeps_the_device_s_path_where_the_destination_names_none()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(server, options => options with { Listeners = [options.Listeners[0] with { Paths = ["/tr069"] }] });
        await using var device = await lab.DeviceAsync();
        device.Path = "/tr069";

        await device.PostAsync(Soap.Inform("1"));

        Assert.Equal("POST /tr069 HTTP/1.1", server.Received.First().RequestLine);
    }
}
