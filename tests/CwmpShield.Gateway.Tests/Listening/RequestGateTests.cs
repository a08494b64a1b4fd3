using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class RequestGateTests
{
    private const string Host = "Host: acs.example\r\n";

    [Theory]
    [InlineData("/")]
    [InlineData("/cwmp?tenant=5")]
    [InlineData("http://acs.example/")]
    [InlineData("http://acs.example/cwmp?tenant=5")]
    public async Task Accepts_Post_on_configured_path(string path)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain() with { Paths = ["/", "/cwmp?tenant=5"] });
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post("<inform/>", path));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("<inform/>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Keeps_connection_for_the_next_message()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.EndsWith("one", await client.AskAsync(RawClient.Post("one")), StringComparison.Ordinal);
        Assert.EndsWith("two", await client.AskAsync(RawClient.Post("two")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction:\r\nUser-Agent: easycwmp\r\n")]
    [InlineData("Content-Type: text/html\r\nSOAPAction: \"\"\r\nExpect: 100-continue\r\nConnection: keep-alive\r\n")]
    [InlineData("User-Agent: G\u00e9r\u00e4t\r\nCookie: a=1\r\nCookie: b=2, c=3\r\n")]
    [InlineData("Content-Encoding: identity\r\nContent-Length-Hint: 5\r\nX-Content-Length: 7\r\n")]
    public async Task Accepts_headers_of_odd_devices(string headers)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(RawClient.Post("body", headers: headers));
        var answer = await client.ReadAnswerAsync();
        if (answer.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal))
        {
            answer = await client.ReadAnswerAsync();
        }

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("post")]
    [InlineData("X-CWMP")]
    public async Task Refuses_other_methods(string method)
    {
        var answer = await RefusedAsync($"{method} / HTTP/1.1\r\n{Host}\r\n", ListeningReason.MethodNotAllowed);
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: POST\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("//")]
    [InlineData("/?")]
    [InlineData("/%2e")]
    [InlineData("/./")]
    [InlineData("/a/../")]
    [InlineData("http://acs.example/admin")]
    [InlineData("http://acs.example?x=/")]
    public async Task Refuses_other_paths(string path)
    {
        var answer = await RefusedAsync(RawClient.Post("x", path), ListeningReason.PathUnknown);
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/UD/act?1")]
    [InlineData("/ctrlt/DeviceUpgrade_1")]
    [InlineData("/upnp/control/WANIPConn1")]
    [InlineData("/tr064/control")]
    public async Task Refuses_Tr064_endpoints_and_counts_them_apart(string path) =>
        Assert.StartsWith("HTTP/1.1 404 ", await RefusedAsync(RawClient.Post("x", path), CwmpShield.Core.Cwmp.Tr064Reason.Path), StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_Http_1_0()
    {
        var answer = await RefusedAsync("POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx", ListeningReason.HttpVersion);
        Assert.StartsWith("HTTP/1.1 505 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("POST / HTTP/3.0\r\nHost: a\r\n\r\n")]
    public async Task Refuses_other_versions(string request) => await RefusedAsync(request, ListeningReason.HttpVersion);

    [Theory]
    [InlineData("Content-Encoding: br\r\n")]
    [InlineData("Content-Encoding: gzip, gzip\r\n")]
    [InlineData("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", ListeningReason.HeaderRepeated, 400)]
    [InlineData("Content-Encoding: identity, gzip\r\n")]
    public async Task Refuses_other_codings(string header, string reason = ListeningReason.BodyCoding, int status = 415)
    {
        var answer = await RefusedAsync(RawClient.Post("x", headers: header), reason);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: text/xml\r\nContent-Type: text/plain\r\n")]
    [InlineData("Authorization: Basic YTpi\r\nAuthorization: Basic YTpj\r\n")]
    [InlineData("SOAPAction:\r\nsoapaction: \"urn:x\"\r\n")]
    public async Task Refuses_repeated_headers(string headers) =>
        Assert.StartsWith(
            "HTTP/1.1 400 ",
            await RefusedAsync(RawClient.Post("x", headers: headers), ListeningReason.HeaderRepeated),
            StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_more_headers_than_the_listener_takes()
    {
        var small = ListenerHost.Plain(new ListenerLimits { MaxHeaders = 4 }) with { Name = "small" };
        await using var host = await ListenerHost.StartAsync(small, ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post("x", headers: "A: 1\r\nB: 2\r\nC: 3\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        await host.CountsAsync(ListeningReason.HeadersTooLarge, "small");
    }

    [Fact]
    public async Task Refuses_headers_beyond_the_bytes_of_the_listener()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(new ListenerLimits { MaxHeaderBytes = 1024 }));
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post("x", headers: $"Cookie: {new string('a', 2000)}\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        await host.CountsAsync(ListeningReason.HeadersTooLarge);
    }

    /// <summary>The answer to <paramref name="request"/>, which must be counted for <paramref name="reason"/> and end the connection.</summary>
    private static async Task<string> RefusedAsync(string request, string reason)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(request);
        var answer = await client.ReadAnswerAsync();
        await host.CountsAsync(reason);
        Assert.True(await client.EndsAsync());
        return answer;
    }
}
