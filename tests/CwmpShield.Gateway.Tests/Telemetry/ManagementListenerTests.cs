using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.Tests.Telemetry;

public sealed class ManagementListenerTests
{
    [Fact]
    public async Task Serves_metrics_that_promtool_accepts()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using (var device = await RawClient.ConnectAsync(host.Device))
        {
            await device.AskAsync(RawClient.Post("x"));
        }

        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri($"http://{host.Endpoints.Management}/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("cwmpshield_build_info{version=", text, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections{", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
        Assert.Equal("", await Scrape.LintAsync(text));
    }

    [Fact]
    public async Task Serves_OpenMetrics_to_whom_asks_for_it()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "application/openmetrics-text; version=1.0.0");
        var answer = await client.GetAsync(new Uri($"http://{host.Endpoints.Management}/metrics"));
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("# EOF\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz", "localhost:9547", 200)]
    [InlineData("/readyz", "127.0.0.1", 200)]
    [InlineData("/readyz", "[::1]:80", 200)]
    [InlineData("/metrics", "rebound.example", 421)]
    [InlineData("/healthz", "127.0.0.1.rebound.example:9547", 421)]
    [InlineData("/", "localhost", 404)]
    [InlineData("/metrics/", "localhost", 404)]
    [InlineData("/console", "localhost", 404)]
    public async Task Answers_its_own_paths_under_its_own_names(string path, string name, int status)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Endpoints.Management);
        var answer = await client.AskAsync($"GET {path} HTTP/1.1\r\nHost: {name}\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Refuses_Cwmp_on_the_management_listener()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Endpoints.Management);
        var answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Refuses_management_on_a_device_listener(string path)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Plain());
        await using var client = await RawClient.ConnectAsync(host.Device);
        Assert.StartsWith("HTTP/1.1 404 ", await client.AskAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_ready_while_a_check_fails()
    {
        var works = false;
        await using var host = await ListenerHost.StartAsync(
            new GatewayOptions { Listeners = [ListenerHost.Plain()] },
            builder => builder.Services.AddHealthChecks().AddCheck(
                "store", () => works ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("secret detail")));
        using var client = new HttpClient();
        var url = new Uri($"http://{host.Endpoints.Management}/readyz");
        var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("store failed\nnot ready\n", await answer.Content.ReadAsStringAsync());
        works = true;
        Assert.Equal("store ok\nready\n", await client.GetStringAsync(url));
    }
}
