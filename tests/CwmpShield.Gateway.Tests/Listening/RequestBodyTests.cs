using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>Bodies of device requests over a socket. The bench takes a request with an Authorization header for authenticated.</summary>
public sealed class RequestBodyTests
{
    private const string Login = "Authorization: Basic YTpi\r\n";

    private static readonly ListenerLimits Limits = new()
    {
        MaxUnauthenticatedBodyBytes = 1000,
        MaxUpBodyBytes = 5000,
        MinBytesPerSecond = 1,
        RequestTime = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(1000, "", true)]
    [InlineData(1001, "", false)]
    [InlineData(1001, Login, true)]
    [InlineData(5000, Login, true)]
    [InlineData(5001, Login, false)]
    public async Task Bounds_body_by_what_is_proven(int length, string login, bool accepted)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(Limits));
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post(new string('x', length), headers: login));
        Assert.StartsWith(accepted ? "HTTP/1.1 200 " : "HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        if (!accepted)
        {
            await host.CountsAsync(ListeningReason.BodyTooLarge);
        }

        Assert.Equal(0, host.Budget.Used);
    }

    [Fact]
    public async Task Refuses_by_announced_length_before_a_byte_is_sent()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(Limits));
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1099511627776\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.True(await client.EndsAsync());
    }

    [Fact]
    public async Task Refuses_endless_chunks()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(Limits));
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        await client.SendAsync(string.Concat(Enumerable.Repeat("64\r\n" + new string('x', 100) + "\r\n", 11)));
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadAnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgets_a_body_that_breaks_off()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(Limits));
        await using (var client = await RawClient.ConnectAsync(host.Device))
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhalf");
            await ListenerHost.EventuallyAsync(() => host.Budget.Used > 0, "a reading");
        }

        await host.CountsAsync(ListeningReason.BodyTruncated);
        Assert.Equal(0, host.Budget.Used);
    }

    [Fact]
    public async Task Ends_a_request_that_takes_too_long()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain(Limits));
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhalf");
        Assert.True(await client.EndsAsync());
        await host.CountsAsync(ListeningReason.RequestTime);
        await ListenerHost.EventuallyAsync(() => host.Budget.Used == 0, "the budget back");
    }

    [Fact]
    public async Task Refuses_with_503_and_Retry_After_when_the_process_has_no_room()
    {
        await using var host = await ListenerHost.StartAsync(new GatewayOptions
        {
            Listeners = [ListenerHost.Plain(Limits)],
            BufferBudgetBytes = 4096,
        });
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post("x"));
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 30\r\n", answer, StringComparison.Ordinal);
        await host.CountsAsync(ListeningReason.BufferBudget);
    }

    [Fact]
    public async Task Refuses_a_body_that_comes_too_slowly()
    {
        await using var host = await ListenerHost.StartAsync(
            ListenerHost.Plain(Limits with { MinBytesPerSecond = 1 << 20, RequestTime = TimeSpan.FromMinutes(2) }));
        await using var client = await RawClient.ConnectAsync(host.Device);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhalf");
        Assert.StartsWith("HTTP/1.1 408 ", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        await host.CountsAsync(ListeningReason.BodySlow);
    }
}
