using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>Requests that two HTTP parsers could split differently (threat B14): each is refused whole, and the connection ends.</summary>
public sealed class SmugglingTests
{
    private const string Chunked = "1\r\nx\r\n0\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 11\r\nTransfer-Encoding: chunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 11\r\n", Chunked)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", Chunked)]
    [InlineData("Transfer-Encoding: identity\r\n", "x")]
    [InlineData("Transfer-Encoding: xchunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n", Chunked)]
    [InlineData("Transfer-Encoding: chunked;a=b\r\n", Chunked)]
    [InlineData("Transfer-Encoding : chunked\r\n", Chunked)]
    [InlineData("Transfer-Encoding:\x0b" + "chunked\r\n", Chunked)]
    [InlineData("X: 1\r\n Transfer-Encoding: chunked\r\n", Chunked)]
    [InlineData("Content-Length: 1\r\nContent-Length: 1\r\n", "x")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n", "x")]
    [InlineData("Content-Length: 1, 1\r\n", "x")]
    [InlineData("Content-Length: -1\r\n", "x")]
    [InlineData("Content-Length: +1\r\n", "x")]
    [InlineData("Content-Length: -0\r\n", "")]
    [InlineData("Content-Length: \x0b" + "1\r\n", "x")]
    [InlineData("Content-Length: 1\x0c\r\n", "x")]
    [InlineData("Content-Length: 0x1\r\n", "x")]
    [InlineData("Content-Length: 1a\r\n", "x")]
    [InlineData("Content-Length: \r\n", "x")]
    [InlineData("Content-Length: 99999999999999999999\r\n", "x")]
    [InlineData("Host: other\r\nContent-Length: 1\r\n", "x")]
    [InlineData("X: a\0b\r\nContent-Length: 1\r\n", "x")]
    [InlineData("X\r\nContent-Length: 1\r\n", "x")]
    [InlineData(": empty\r\nContent-Length: 1\r\n", "x")]
    public async Task Refuses_ambiguous_framing(string headers, string body) =>
        await RefusedAsync($"POST / HTTP/1.1\r\nHost: acs.example\r\n{headers}\r\n{body}");

    [Theory]
    [InlineData("zz\r\nx\r\n0\r\n\r\n")]
    [InlineData("1\r\nxyz0\r\n\r\n")]
    [InlineData("-1\r\nx\r\n0\r\n\r\n")]
    [InlineData("0x1\r\nx\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n")]
    [InlineData("1\nx\n0\n\n")]
    public async Task Refuses_broken_chunks(string body) =>
        await RefusedAsync($"POST / HTTP/1.1\r\nHost: acs.example\r\nTransfer-Encoding: chunked\r\n\r\n{body}");

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")]
    [InlineData("POST /\r\n\r\n")]
    [InlineData("POST  / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1 \r\nHost: a\r\n\r\n")]
    [InlineData("POST /\0 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n")]
    [InlineData("POST http://other.example/ HTTP/1.1\r\nHost: acs.example\r\nContent-Length: 1\r\n\r\nx")]
    [InlineData("<?xml version=\"1.0\"?><soap:Envelope/>\r\n\r\n")]
    public async Task Refuses_malformed_requests(string request) => await RefusedAsync(request);

    [Fact]
    public async Task Accepts_chunked_body()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync($"POST / HTTP/1.1\r\nHost: acs.example\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\n\r\n");
        Assert.EndsWith("abcde", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 11\r\n", ListeningReason.HttpFraming)]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n", ListeningReason.HttpMalformed)]
    public async Task Counts_by_what_was_wrong(string headers, string reason)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.AskAsync($"POST / HTTP/1.1\r\nHost: acs.example\r\n{headers}\r\n{Chunked}");
        await host.CountsAsync(reason);
    }

    [Fact]
    public async Task Closes_on_framing_that_forges_the_servers_own_note()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(
            $"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 11\r\nX-Content-Length: 3\r\n\r\n{Chunked}");
        Assert.True(await client.EndsAsync());
    }

    [Fact]
    public async Task Accepts_bare_line_feeds_as_RFC_9112_allows()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.EndsWith("abc", await client.AskAsync("POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc"), StringComparison.Ordinal);
    }

    /// <summary>A 4xx or 5xx or no answer, then the end of the connection: what follows is never read as a second request.</summary>
    private static async Task RefusedAsync(string request)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync(request + RawClient.Post("smuggled"));
        var answer = await client.ReadAnswerAsync();
        Assert.Matches("^HTTP/1.1 [45]", answer);
        Assert.True(await client.EndsAsync());
        await ListenerHost.EventuallyAsync(
            () => new[] { ListeningReason.HttpFraming, ListeningReason.HttpMalformed, ListeningReason.HeaderRepeated, ListeningReason.BodyTruncated }
                .Any(reason => host.Metrics().Contains($"{{listener=\"plain\",reason=\"{reason}\"}}", StringComparison.Ordinal)),
            "a count");
    }
}
