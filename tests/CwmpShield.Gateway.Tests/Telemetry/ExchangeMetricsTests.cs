using System.Diagnostics;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Wire;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Telemetry;

public sealed class ExchangeMetricsTests : IDisposable
{
    private readonly ShieldMetrics metrics = new();
    private readonly PrometheusText text;

    public ExchangeMetricsTests() => text = new PrometheusText(metrics);

    public void Dispose()
    {
        text.Dispose();
        metrics.Dispose();
    }

    [Theory]
    [InlineData("0 BOOTSTRAP", "0 BOOTSTRAP")]
    [InlineData("6 CONNECTION REQUEST", "6 CONNECTION REQUEST")]
    [InlineData("M Reboot", "method")]
    [InlineData("X 00D09E Lamp", "vendor")]
    [InlineData("00D09E-HGW-SN1", "other")]
    public void Counts_Informs_by_a_closed_list_of_events(string code, string word)
    {
        metrics.Exchanges.Informed(Inform(code));
        Counts($"cwmpshield_inform_events_total{{event=\"{word}\"}} 1");
    }

    [Fact]
    public void Counts_an_event_once_however_often_one_Inform_repeats_it()
    {
        var inform = Inform("0 BOOTSTRAP");
        metrics.Exchanges.Informed(inform with { Events = ["0 BOOTSTRAP", "0 BOOTSTRAP", "1 BOOT"] });
        Counts("cwmpshield_inform_events_total{event=\"0 BOOTSTRAP\"} 1");
        Counts("cwmpshield_inform_events_total{event=\"1 BOOT\"} 1");
    }

    [Theory]
    [InlineData("4", "cwmpshield_inform_retries_bucket{le=\"3\"} 0", "cwmpshield_inform_retries_bucket{le=\"5\"} 1")]
    [InlineData("4294967295", "cwmpshield_inform_retries_bucket{le=\"50\"} 0", "cwmpshield_inform_retries_sum 1000")]
    public void Counts_how_often_a_device_has_tried(string retries, string below, string above)
    {
        metrics.Exchanges.Informed(Inform("1 BOOT", retries));
        Counts(below);
        Counts(above);
    }

    [Fact]
    public void Tells_what_a_session_was_proven_with_by_its_weakest_part()
    {
        metrics.Exchanges.SessionStarted(new ProvenIdentity { User = "u", IsFactory = true });
        metrics.Exchanges.SessionStarted(new ProvenIdentity { User = "u", IsSharedUser = true });
        metrics.Exchanges.SessionStarted(new ProvenIdentity { User = "u", IsUniqueCertificate = true });
        metrics.Exchanges.SessionStarted(new ProvenIdentity());
        foreach (var word in new[] { "factory", "shared-user", "certificate", "none" })
        {
            Counts($"cwmpshield_sessions_credentials_total{{credential=\"{word}\"}} 1");
        }
    }

    [Fact]
    public void Counters_of_closed_lists_begin_at_zero()
    {
        Counts("cwmpshield_reloads_total{what=\"rules\",outcome=\"failed\"} 0");
        Counts("cwmpshield_upstream_redirects_total{outcome=\"refused\"} 0");
        metrics.Reloaded("rules", succeeded: false);
        Counts("cwmpshield_reloads_total{what=\"rules\",outcome=\"failed\"} 1");
    }

    [Fact]
    public void Says_other_where_a_label_would_say_what_no_list_and_no_word_of_the_code_is()
    {
        metrics.SessionEnded("00D09E-HGW-SN1");
        metrics.Refused("dns-redirect", "00D09E-HGW-SN1");
        metrics.UpstreamError("203.0.113.9");
        Counts("cwmpshield_sessions_total{outcome=\"other\"} 1");
        Counts("cwmpshield_refusals_total{rule=\"other\",reason=\"other\"} 1");
        Counts("cwmpshield_upstream_errors_total{reason=\"other\"} 1");
        Assert.DoesNotContain("SN1", Scrape.Text(text), StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.9", Scrape.Text(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Carries_the_exchange_of_the_last_refusal_in_OpenMetrics_alone()
    {
        using var exchange = ExchangeTrace.Begin()!;
        metrics.Refused("dns-redirect", RuleReason.Denied);
        metrics.Judged(RpcKind.Reboot, Direction.AcsToCpe, Verdict.Deny, TimeSpan.FromMilliseconds(1));
        var open = Scrape.Text(text, PrometheusFormat.OpenMetrics);
        Assert.Contains(
            $"cwmpshield_refusals_total{{rule=\"dns-redirect\",reason=\"denied-by-rule\"}} 1 # {{trace_id=\"{exchange.TraceId.ToHexString()}\"}} 1\n", open, StringComparison.Ordinal);
        Assert.Single(open.Split('\n'), line => line.Contains("trace_id", StringComparison.Ordinal));
        Assert.DoesNotContain("trace_id", Scrape.Text(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_exchange_outside_of_one()
    {
        Activity.Current = null;
        Assert.Equal("", ExchangeTrace.Current);
        metrics.Refused("dns-redirect", RuleReason.Denied);
        Assert.DoesNotContain("trace_id", Scrape.Text(text, PrometheusFormat.OpenMetrics), StringComparison.Ordinal);
    }

    private static CwmpMessage Inform(string code, string retries = "0")
    {
        var body = Encoding.UTF8.GetBytes(Soap.Inform("1", @event: code).Replace("<RetryCount>0<", $"<RetryCount>{retries}<", StringComparison.Ordinal));
        Assert.True(SoapReader.TryRead(body, "text/xml", new SoapLimits(), out var envelope, out _));
        Assert.True(CwmpMessageReader.TryRead(envelope!, Direction.CpeToAcs, out var message, out _));
        return message!;
    }

    private void Counts(string line) => Assert.Contains(line + "\n", Scrape.Text(text), StringComparison.Ordinal);
}
