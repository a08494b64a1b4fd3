using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Tests.Telemetry.Tracing;

/// <summary>Spans by OTLP: they arrive under the ledger's trace ids, hold nothing that is anybody's business, and nobody waits for them.</summary>
public sealed class SpanExportTests
{
    private const string Secret = "s3cr3t-value-of-a-parameter";

    [Fact]
    public async Task Sends_spans_under_the_trace_of_the_ledger_record()
    {
        await using var collector = await SpanCollector.StartAsync();
        var (record, _) = await SessionAsync(new OtlpOptions { Endpoint = collector.Address });
        var trace = Convert.FromHexString(record.Trace);

        await ListenerHost.EventuallyAsync(() => collector.Count(trace) > 0, "spans of the order's exchange");
        Assert.True(collector.Has("cwmpshield.judge"));
        Assert.True(collector.Has("cwmpshield.acs"));
        Assert.True(collector.Has("Microsoft.AspNetCore.Hosting.HttpRequestIn"));
        Assert.True(collector.Has("proxy.forwarder"));
        Assert.True(collector.Has(record.Session));
        Assert.True(collector.Has("test-rule"));
        Assert.True(collector.Has("http.response.status_code"));
        Assert.Contains(collector.Requests, one => one is { Path: "/v1/traces", ContentType: "application/x-protobuf" });
    }

    [Fact]
    public async Task Lets_no_value_name_path_query_or_cookie_into_a_span()
    {
        await using var collector = await SpanCollector.StartAsync();
        var (record, cookie) = await SessionAsync(new OtlpOptions { Endpoint = collector.Address });
        await ListenerHost.EventuallyAsync(() => collector.Count(Convert.FromHexString(record.Trace)) > 0, "spans of the order's exchange");

        Assert.NotEmpty(cookie);
        foreach (var hidden in (string[])[Secret, "9d8c-serial", "evil.example", "query-of-a-stranger", "BasicCredential", "urn-agent", "127.0.0.1", "url.path", "/metrics", cookie])
        {
            Assert.False(collector.Has(hidden), hidden);
        }
    }

    [Fact]
    public async Task Shows_the_collector_the_headers_of_the_file()
    {
        await using var collector = await SpanCollector.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "X-Key: of-the-collector\n");
        await SessionAsync(new OtlpOptions { Endpoint = collector.Address, HeadersFile = file });
        File.Delete(file);

        Assert.All(collector.Requests, one => Assert.Equal("of-the-collector", one.Key));
        Assert.NotEmpty(collector.Requests);
    }

    [Fact]
    public async Task Sends_nothing_of_what_was_not_chosen()
    {
        await using var collector = await SpanCollector.StartAsync();
        var (record, _) = await SessionAsync(new OtlpOptions { Endpoint = collector.Address, Ratio = 0 });

        Assert.Equal(32, record.Trace.Length);
        Assert.Equal(0, collector.Count(Convert.FromHexString(record.Trace)));
    }

    [Fact]
    public async Task A_collector_that_never_answers_keeps_no_session_waiting()
    {
        var hold = new TaskCompletionSource();
        await using var collector = await SpanCollector.StartAsync(hold);
        var (record, _) = await SessionAsync(new OtlpOptions { Endpoint = collector.Address, Timeout = TimeSpan.FromMilliseconds(200) });
        hold.SetResult();

        Assert.Equal(AuditKind.OrderRefused, record.Kind);
    }

    [Fact]
    public async Task A_collector_that_is_away_keeps_no_session_waiting_and_is_told_of_once()
    {
        using var log = new LogLines();
        await SessionAsync(new OtlpOptions { Endpoint = "http://127.0.0.1:9", Timeout = TimeSpan.FromSeconds(1) }, log);

        Assert.Single(log.All, line => line.Contains("The collector 127.0.0.1:9 takes no spans", StringComparison.Ordinal));
    }

    /// <summary>A session with an order that is refused and one that passes; what the ledger has of the refusal, and the device's cookie.</summary>
    private static async Task<(AuditRecord Record, string Cookie)> SessionAsync(OtlpOptions otlp, LogLines? log = null)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(
            server, options => options with { Telemetry = new TelemetryOptions { Otlp = otlp } }, builder =>
            {
                if (log is not null)
                {
                    builder.Logging.AddProvider(log);
                }
            });
        await using var device = await lab.DeviceAsync();
        device.Headers = "User-Agent: urn-agent\r\n";

        await device.InformAsync();
        var cookie = device.Cookie ?? "";
        Assert.Equal("GetParameterValues", (await device.EmptyAsync()).Method);
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o2", Secret))).Status);
        device.Path = "/?query-of-a-stranger";
        await device.ReconnectAsync();
        await device.PostAsync(Soap.Inform("9d8c-serial"));

        var records = await lab.LedgerAsync(one => one.Kind == AuditKind.OrderRefused, 1);
        await lab.QuietAsync();
        return (records[0], cookie);
    }
}
