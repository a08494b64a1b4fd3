using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Conformance;
using CwmpShield.Core.Decisions.Recordings;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The policy that ships with the product against its cases and against recorded operations.</summary>
public sealed class ShippedPolicyTests
{
    private static readonly string Cases = Repository.Path("tests", "conformance");

    private static readonly Lazy<RuleSet> Policy = new(() => Load(Path.Combine(Cases, "site.yaml")));

    private static readonly Lazy<RuleSet> Recorded = new(() => Load(null));

    /// <summary>Every conformance file by name.</summary>
    public static TheoryData<string> Files =>
        new(Directory.EnumerateFiles(Cases, "*.yaml").Select(f => Path.GetFileName(f)!).Where(n => n != "site.yaml").Order(StringComparer.Ordinal));

    /// <summary>Every directory that holds one recorded side of one session.</summary>
    public static TheoryData<string> Recordings =>
        new(Directory.EnumerateDirectories(Repository.Path("tests", "recordings"), "*", SearchOption.AllDirectories)
            .Where(d => Directory.EnumerateFiles(d, "*.http").Any())
            .Select(d => Path.GetRelativePath(Repository.Root, d))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Loads_without_a_remark()
    {
        var result = RuleSetLoader.Load(Repository.Path("rules"));

        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Set);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_every_case_the_verdict_that_it_states(string file)
    {
        var (cases, problems) = ConformanceReader.Read(Path.Combine(Cases, file));

        Assert.Empty(problems);
        Assert.All(cases, c =>
        {
            var result = ConformanceRunner.Run(Policy.Value, c);
            Assert.True(result.Passed, $"{file}:{c.Line} {c.Name}: {string.Join("; ", result.Problems)}");
        });
    }

    [Fact]
    public void Shows_for_every_rule_at_least_two_cases_in_which_it_acts_and_two_in_which_it_does_not()
    {
        var (cases, _) = ConformanceReader.Read(Cases);
        var byRule = cases.ToLookup(c => c.Rule, StringComparer.Ordinal);

        Assert.All(Policy.Value.Rules, rule =>
        {
            var acting = byRule[rule.Id].Count(c => Acts(rule, c));
            Assert.True(acting >= 2, $"{rule.Id} acts in {acting} cases");
            Assert.True(byRule[rule.Id].Count() - acting >= 2, $"{rule.Id} stays silent in too few cases");
        });
        Assert.All(byRule, g => Assert.Contains(Policy.Value.Rules, r => r.Id == g.Key));
    }

    [Fact]
    public void Says_of_every_rule_why_it_is_there_and_on_what_grounds() =>
        Assert.All(Policy.Value.Rules, rule =>
        {
            Assert.False(string.IsNullOrWhiteSpace(rule.Why), rule.Id);
            Assert.NotEmpty(rule.References);
        });

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Refuses_nothing_in_recorded_operations_but_downloads_that_no_one_signed(string directory)
    {
        var session = new RecordedSession(Recorded.Value, new InspectionContext());
        foreach (var file in Directory.EnumerateFiles(Repository.Path(directory), "*.http").Order(StringComparer.Ordinal))
        {
            if (RecordedMessage.TryRead(File.ReadAllBytes(file), out var message, out _) && message is { Body.Length: > 0, Status: 0 or 200, Direction: { } direction })
            {
                var decision = session.Next(message, direction).Decision;
                Assert.All(decision.Hits.Where(h => h.Verdict is not (Verdict.Observe or Verdict.Neutralise)), h => Assert.StartsWith("download-", h.RuleId, StringComparison.Ordinal));
            }
        }
    }

    private static bool Acts(Rule rule, ConformanceCase testCase) =>
        testCase.Expect.ToString() == rule.Action.ToString() && (testCase.Rules?.Contains(rule.Id, StringComparer.Ordinal) ?? true) && !(testCase.NotRules?.Contains(rule.Id, StringComparer.Ordinal) ?? false);

    private static RuleSet Load(string? site) =>
        RuleSetLoader.Load(Repository.Path("rules"), new RuleLoadOptions { Site = site }).Set ?? throw new InvalidOperationException("The shipped rules do not load.");
}
