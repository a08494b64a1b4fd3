using System.Text.RegularExpressions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Tests;
using CwmpShield.Gateway.Tests.Telemetry.Reference;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>The shipped alerts fire when they should, stay silent when they should, and ask for what exists.</summary>
public sealed class AlertRulesTests
{
    private static readonly AlertFile Shipped = AlertFile.Read();

    [Fact]
    public async Task Promtool_accepts_the_rules_and_their_unit_tests()
    {
        Assert.Equal("", await Promtool.RunAsync("check", "rules", "recording.yaml", "alerts.yaml"));
        var tests = Directory.GetFiles(Path.Combine(AlertFile.Folder, "tests"), "*.yaml");
        Assert.Equal("", await Promtool.RunAsync(["test", "rules", .. tests.Order(StringComparer.Ordinal)]));
    }

    [Fact]
    public void Every_alert_has_a_unit_test_in_which_it_fires()
    {
        var text = string.Concat(Directory.GetFiles(Path.Combine(AlertFile.Folder, "tests"), "*.yaml").Select(File.ReadAllText));
        var fired = Regex.Matches(text, "exp_samples: \\[\\{ labels: '\\{alertname=\"(?<it>\\w+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Select(match => match.Groups["it"].Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Shipped.Alerts.Select(alert => alert.Name).Order(StringComparer.Ordinal), fired.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Alerts_and_recordings_ask_only_for_metrics_and_labels_that_exist()
    {
        await using var gateway = WholeGateway.Build();
        var check = new QueryCheck(gateway, Shipped);
        Assert.Empty(Shipped.Recordings.Concat(Shipped.Alerts).SelectMany(rule => check.Problems(rule.Query).Select(problem => $"{rule.Name}: {problem}")));
    }

    [Fact]
    public async Task Finds_a_metric_a_label_and_a_value_that_do_not_exist()
    {
        await using var gateway = WholeGateway.Build();
        var check = new QueryCheck(gateway, Shipped);
        Assert.Equal(["no metric cwmpshield_refused_total"], check.Problems(PromQuery.Read("rate(cwmpshield_refused_total[5m])")));
        Assert.Equal(["no label device in cwmpshield_messages_total"], check.Problems(PromQuery.Read("""sum(cwmpshield_messages_total{device="1"})""")));
        Assert.Equal(["no value allow of verdict in cwmpshield_messages_total"], check.Problems(PromQuery.Read("""cwmpshield_messages_total{verdict="allow"} > 1""")));
        Assert.Equal(["no label serial in any of cwmpshield_messages_total"], check.Problems(PromQuery.Read("sum by (serial) (cwmpshield_messages_total)")));
    }

    [Fact]
    public void Every_rule_id_that_an_alert_names_is_shipped()
    {
        var rules = RuleSetLoader.Load(Repository.Path("rules"), new RuleLoadOptions { Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) }).Set!.Rules.Select(rule => rule.Id).ToList();
        var asked = Shipped.Alerts.SelectMany(alert => alert.Query.Matchers).Where(one => one is { Label: "rule", How: "=~", Value.Length: > 0 }).ToList();
        Assert.NotEmpty(asked);
        foreach (var one in asked.SelectMany(one => QueryCheck.Alternatives(one.Value)))
        {
            Assert.Contains(rules, rule => Regex.IsMatch(rule, $"^(?:{one})$", RegexOptions.NonBacktracking));
        }
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_where_to_read_on()
    {
        var document = File.ReadAllText(Repository.Path("docs", "alerts.md"));
        Assert.All(Shipped.Alerts, alert =>
        {
            Assert.Matches("^(info|warning|critical)$", alert.Labels["severity"]);
            Assert.NotEmpty(alert.Annotations["summary"]);
            Assert.NotEmpty(alert.Annotations["description"]);
            Assert.Equal($"docs/alerts.md#{alert.Name.ToLowerInvariant()}", alert.Annotations["runbook_url"]);
            Assert.Contains($"\n### {alert.Name}\n", document, StringComparison.Ordinal);
        });
        var described = Regex.Matches(document, "\n### (?<it>\\w+)\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(match => match.Groups["it"].Value);
        Assert.Empty(described.Except(Shipped.Alerts.Select(alert => alert.Name), StringComparer.Ordinal));
    }
}
