using CwmpShield.Core.Identity;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly ShieldMetrics metrics = new();
    private readonly PrometheusText text;

    public PrometheusTextTests() => text = new PrometheusText(metrics);

    public void Dispose()
    {
        text.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task Promtool_accepts_every_instrument()
    {
        UseAll();
        Assert.Equal("", await Scrape.LintAsync(Scrape.Text(text)));
    }

    [Fact]
    public async Task Promtool_complains_about_a_bad_name() =>
        Assert.NotEqual("", await Scrape.LintAsync("# HELP bad_total x\n# TYPE bad_total gauge\nbad_total 1\n"));

    [Fact]
    public void Writes_counters_with_their_labels()
    {
        metrics.Judged(RpcKind.Inform, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromMicroseconds(40));
        metrics.Judged(RpcKind.Inform, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromMicroseconds(40));
        metrics.Judged(RpcKind.Download, Direction.AcsToCpe, Verdict.Deny, TimeSpan.FromMilliseconds(2));
        var scraped = Scrape.Text(text);
        Assert.Contains("# TYPE cwmpshield_messages_total counter\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_messages_total{rpc=\"Inform\",direction=\"cpe-to-acs\",verdict=\"forward\"} 2\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_messages_total{rpc=\"Download\",direction=\"acs-to-cpe\",verdict=\"deny\"} 1\n", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_histogram_cumulatively()
    {
        metrics.Judged(RpcKind.Inform, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromMicroseconds(40));
        metrics.Judged(RpcKind.Inform, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromMicroseconds(60));
        metrics.Judged(RpcKind.Inform, Direction.CpeToAcs, Verdict.Forward, TimeSpan.FromSeconds(2));
        var scraped = Scrape.Text(text);
        Assert.Contains("cwmpshield_inspection_duration_seconds_bucket{le=\"2.5E-05\"} 0\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inspection_duration_seconds_bucket{le=\"5E-05\"} 1\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inspection_duration_seconds_bucket{le=\"0.0001\"} 2\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inspection_duration_seconds_bucket{le=\"1\"} 2\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inspection_duration_seconds_bucket{le=\"+Inf\"} 3\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inspection_duration_seconds_count 3\n", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_OpenMetrics_with_its_end()
    {
        UseAll();
        var scraped = Scrape.Text(text, PrometheusFormat.OpenMetrics);
        Assert.EndsWith("\n# EOF\n", scraped, StringComparison.Ordinal);
        Assert.Contains("# TYPE cwmpshield_messages counter\n", scraped, StringComparison.Ordinal);
        Assert.Contains("\ncwmpshield_messages_total{", scraped, StringComparison.Ordinal);
        Assert.Contains("le=\"1.0\"", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_up_and_down()
    {
        metrics.SessionStarted(IdentityStrength.UniqueCertificate);
        metrics.SessionStarted(IdentityStrength.UniqueCertificate);
        metrics.SessionEnded("completed");
        Assert.Contains("\ncwmpshield_sessions_active 1\n", Scrape.Text(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_rules_in_use_and_only_those()
    {
        metrics.RulesLoaded("1", "aa", DateTimeOffset.FromUnixTimeSeconds(1000));
        Scrape.Text(text);
        metrics.RulesLoaded("2", "bb", DateTimeOffset.FromUnixTimeMilliseconds(2500));
        var scraped = Scrape.Text(text);
        Assert.Contains("cwmpshield_rules_info{version=\"2\",hash=\"bb\"} 1\n", scraped, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rules_loaded_timestamp_seconds 2.5\n", scraped, StringComparison.Ordinal);
        Assert.DoesNotContain("\"aa\"", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_the_series_of_an_instrument()
    {
        for (var i = 0; i < MetricFamily.MaxSeries + 500; i++)
        {
            metrics.Refused($"rule-{i}", "reason");
        }

        var lines = Scrape.Text(text).Split('\n').Where(line => line.StartsWith("cwmpshield_refusals_total{", StringComparison.Ordinal)).ToList();
        Assert.Equal(MetricFamily.MaxSeries + 1, lines.Count);
        Assert.Contains("cwmpshield_refusals_total{rule=\"other\",reason=\"other\"} 500", lines);
    }

    [Fact]
    public async Task Escapes_label_values_and_bounds_their_length()
    {
        metrics.Refused("a\"b\\c\nd\r\0e{}é", "reason");
        metrics.Refused(new string('x', 10_000), "reason");
        var scraped = Scrape.Text(text);
        Assert.Contains("rule=\"a\\\"b\\\\c\\nd??e{}é\"", scraped, StringComparison.Ordinal);
        Assert.Contains("rule=\"other\"", scraped, StringComparison.Ordinal);
        Assert.Equal("", await Scrape.LintAsync(scraped));
    }

    [Fact]
    public void Keeps_gateways_of_one_process_apart()
    {
        using var otherMetrics = new ShieldMetrics();
        using var other = new PrometheusText(otherMetrics);
        otherMetrics.Refused("elsewhere", "reason");
        Assert.DoesNotContain("elsewhere", Scrape.Text(text), StringComparison.Ordinal);
        Assert.Contains("elsewhere", Scrape.Text(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Loses_no_count_under_contention()
    {
        Parallel.For(0, 10_000, _ => metrics.Refused("rule", "reason"));
        Assert.Contains("cwmpshield_refusals_total{rule=\"rule\",reason=\"reason\"} 10000\n", Scrape.Text(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_allocates_nothing_once_a_series_is_known()
    {
        metrics.Refused("rule", "reason");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            metrics.Refused("rule", "reason");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100);
    }

    private void UseAll()
    {
        metrics.SessionStarted(IdentityStrength.UniqueCertificate);
        metrics.SessionEnded("completed");
        metrics.Judged(RpcKind.Vendor, Direction.AcsToCpe, Verdict.Observe, TimeSpan.FromMilliseconds(1));
        metrics.Refused("dns-redirect", "rule");
        metrics.Authenticated("fleet", "proven");
        metrics.ParseError(Direction.CpeToAcs, "truncated");
        metrics.UpstreamError("connect");
        metrics.RequestRejected("fleet", "path-unknown");
        metrics.TlsHandshake("fleet", "Tls13", "TLS_AES_256_GCM_SHA384");
        metrics.ConnectionOpened("fleet");
        metrics.Reloaded("rules", succeeded: false);
        metrics.RulesLoaded("1", "abc", DateTimeOffset.UnixEpoch);
        metrics.WatchCertificate("fleet", () => DateTime.UnixEpoch);
    }
}
