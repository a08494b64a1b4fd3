using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class RequestGateTests
{
    [Fact]
    public async Task Accepts_Post_on_configured_path()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        var answer = await client.AskAsync(RawClient.Post("<inform/>"));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("<inform/>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }
}
