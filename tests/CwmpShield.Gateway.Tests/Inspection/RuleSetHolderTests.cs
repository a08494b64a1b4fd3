using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Auditing;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Inspection;

public sealed class RuleSetHolderTests : IDisposable
{
    private const string Good = "cwmpshield: 1\nrules: []\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-rules-");
    private readonly ShieldMetrics metrics = new();
    private readonly TemporaryFolder state = new();
    private readonly SqliteStore store;

    public RuleSetHolderTests() => store = SqliteStore.Open(state.File("state.db"));

    private string File1 => Path.Combine(folder.FullName, "rules.yaml");

    public void Dispose()
    {
        metrics.Dispose();
        store.Dispose();
        state.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Refuses_to_start_with_rules_that_are_not_good()
    {
        File.WriteAllText(File1, "cwmpshield: 1\nrules:\n  - id: x\n    nonsense: 1\n");

        var refused = Assert.Throws<RulesException>(() => Hold());

        Assert.Contains(refused.Diagnostics, problem => problem.Line > 0);
        Assert.Matches(@"rules\.yaml:\d+:\d+: error CSR\d{4}", refused.Message);
    }

    [Fact]
    public void Refuses_to_start_without_rules() => Assert.Throws<RulesException>(() => Hold());

    [Fact]
    public void Takes_changed_rules_in()
    {
        File.WriteAllText(File1, Good);
        var rules = Hold();
        var before = rules.Current.Hash;

        rules.Poll();
        Assert.Equal(before, rules.Current.Hash);
        File.WriteAllText(File1, Good + "lists:\n  resolvers: [192.0.2.53]\n");
        rules.Poll();

        Assert.NotEqual(before, rules.Current.Hash);
    }

    [Theory]
    [InlineData("not: [rules")]
    [InlineData("")]
    [InlineData("cwmpshield: 99\n")]
    public void Keeps_the_last_good_rules_when_the_new_ones_are_not(string broken)
    {
        File.WriteAllText(File1, Good);
        var rules = Hold();
        var before = rules.Current;

        File.WriteAllText(File1, broken);
        rules.Poll();
        Assert.Same(before, rules.Current);

        File.Delete(File1);
        rules.Poll();
        Assert.Same(before, rules.Current);

        File.WriteAllText(File1, Good + "# again\n");
        rules.Poll();
        Assert.NotSame(before, rules.Current);
    }

    [Fact]
    public void Records_only_where_the_configuration_says_observe()
    {
        File.WriteAllText(File1, Good);

        Assert.Equal(RuleMode.Enforce, Hold().Current.Mode);
        Assert.Equal(RuleMode.Observe, Hold(RulesMode.Observe).Current.Mode);
    }

    [Fact]
    public void Counts_exceptions_that_have_ended_and_those_that_nobody_uses()
    {
        File.WriteAllText(File1, """
            cwmpshield: 1
            rules:
              - { id: no-reboot, title: t, severity: low, on: [Reboot], then: deny }
            exceptions:
              - { rule: no-reboot, device: any, until: 2020-01-01, ticket: OLD-1 }
              - { rule: no-reboot, device: { oui: "001122" }, until: 2999-01-01, ticket: NEW-1 }
            """);
        using var text = new PrometheusText(metrics);
        Hold();

        var page = Scrape.Text(text);

        Assert.Contains("cwmpshield_rules_exceptions{state=\"ended\"} 1", page, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rules_exceptions{state=\"unused\"} 1", page, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_rules_exceptions{state=\"used\"} 0", page, StringComparison.Ordinal);
    }

    private RuleSetHolder Hold(RulesMode mode = RulesMode.Enforce) => new(
        new GatewayOptions { Rules = new RulesOptions { Path = File1, Mode = mode } }, new RuleVersionMemory(store), metrics, UnreadLedger.Changes(), new BreakGlass(metrics, TimeProvider.System), TimeProvider.System, NullLogger<RuleSetHolder>.Instance);
}
