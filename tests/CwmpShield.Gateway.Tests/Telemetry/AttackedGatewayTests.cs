using System.Text.RegularExpressions;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Telemetry.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Telemetry;

/// <summary>What the metrics of a gateway under attack say, and what they never say.</summary>
public sealed class AttackedGatewayTests
{
    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: reset-mass
            title: More than one in an hour
            severity: critical
            on: [FactoryReset]
            where: { rate: { per: fleet, more-than: 1, within: 1h } }
            then: deny
          - id: rogue-download
            title: Not from here
            severity: critical
            on: [Download]
            then: deny
        """;

    private static readonly Regex Label = new("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Fact]
    public async Task Counts_refused_orders_by_rule_and_shows_the_budget_that_is_spent()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await AttackAsync(lab, acs);

        var text = lab.Metrics();
        Assert.Contains("cwmpshield_orders_refused_total{rpc=\"Download\",rule=\"rogue-download\",reason=\"denied-by-rule\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_orders_refused_total{rpc=\"FactoryReset\",rule=\"reset-mass\",reason=\"denied-by-rule\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rule_info{rule=\"reset-mass\",class=\"rules\",rule_severity=\"critical\",action=\"deny\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rule_budget_limit{rule=\"reset-mass\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rule_budget_used{rule=\"reset-mass\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_inform_events_total{event=\"2 PERIODIC\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_sessions_credentials_total{credential=\"certificate\"} 1\n", text, StringComparison.Ordinal);
        Assert.Equal("", await Scrape.LintAsync(text));
    }

    [Fact]
    public async Task Every_label_is_declared_and_none_names_a_device_or_an_address()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await AttackAsync(lab, acs);
        await using var whole = WholeGateway.Build();
        var families = whole.Instruments().Select(MetricFacts.Of)
            .SelectMany(family => family.Names.Select(name => (name, family))).ToDictionary(pair => pair.name, pair => pair.family, StringComparer.Ordinal);

        foreach (var line in lab.Metrics().Split('\n').Where(line => line.StartsWith("cwmpshield_", StringComparison.Ordinal)))
        {
            var family = families[line.Split('{', ' ')[0]];
            foreach (var label in Label.Matches(line).Where(label => label.Groups["name"].Value != "le"))
            {
                var bound = Assert.Single(family.Labels, one => one.Name == label.Groups["name"].Value);
                var value = label.Groups["value"].Value;
                Assert.True(bound.Allows(value) && (bound.IsClosed || value != "other"), line);
                Assert.True(!bound.IsWord || value.Length == 0 || bound.Words.Contains(value, StringComparer.Ordinal), $"undeclared word: {line}");
                Assert.DoesNotContain(Lab.Oui, value, StringComparison.Ordinal);
                Assert.DoesNotContain("127.0.0.1", value, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Leads_from_the_exemplar_of_a_refusal_to_its_record_and_takes_no_number_of_the_device_s()
    {
        const string forged = "4bf92f3577b34da6a3ce929d0e0e4736";
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await AttackAsync(lab, acs, $"traceparent: 00-{forged}-00f067aa0ba902b7-01\r\n");

        var text = Scrape.Text(lab.Services.GetRequiredService<PrometheusText>(), PrometheusFormat.OpenMetrics);
        var line = text.Split('\n').Single(one => one.StartsWith("cwmpshield_orders_refused_total{rpc=\"Download\"", StringComparison.Ordinal));
        var trace = Regex.Match(line, "trace_id=\"(?<it>[0-9a-f]{32})\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;
        var records = await lab.LedgerAsync(record => record.Kind == AuditKind.OrderRefused && record.Message == "Download", 1);
        Assert.Equal(records[0].Trace, trace);
        Assert.Equal(32, trace.Length);
        Assert.DoesNotContain(forged, text, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", string.Concat(server.Received.SelectMany(request => request.Headers).Select(header => header.Key)), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AttackAsync(Lab lab, QueueingAcs acs, string headers = "")
    {
        acs.Order(FactoryReset);
        acs.Order(FactoryReset);
        acs.Order(id => Soap.RogueDownload(id));
        await using var device = await lab.DeviceAsync();
        device.Headers = headers;
        await device.InformAsync();
        Assert.Equal("FactoryReset", (await device.EmptyAsync()).Method);
        Assert.Equal(204, (await device.PostAsync(Soap.Envelope("o1", "<cwmp:FactoryResetResponse/>"))).Status);
    }

    private static string FactoryReset(string id) => Soap.Envelope(id, "<cwmp:FactoryReset/>");
}
