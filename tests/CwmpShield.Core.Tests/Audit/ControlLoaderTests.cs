using CwmpShield.Core.Audit.Controls;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Audit;

/// <summary>The mappings of controls that ship, and what is refused in others.</summary>
public sealed class ControlLoaderTests
{
    private const string Good = """
        controls-version: 1
        scheme: s
        title: S
        scope: All.
        controls:
          - id: "1"
            title: One
            statement: Something.
            coverage: partial
            evidence: [verdicts]
            elsewhere: The rest.
            source: A book
            confirmed: false
        """;

    [Fact]
    public void Reads_a_mapping()
    {
        var scheme = Assert.Single(ControlLoader.LoadText("s.yaml", Good).Schemes);

        Assert.Equal(("s", ControlCoverage.Partial, false), (scheme.Id, scheme.Controls[0].Coverage, scheme.Controls[0].IsConfirmed));
    }

    [Theory]
    [InlineData("evidence: [verdicts]", "evidence: [rumours]", "s.yaml:10:16")]
    [InlineData("coverage: partial", "coverage: full", "s.yaml:9:15")]
    [InlineData("confirmed: false", "confirmed: maybe", "s.yaml:13:16")]
    [InlineData("    confirmed: false", "    # nothing", "s.yaml:6:5")]
    [InlineData("title: One", "titel: One", "s.yaml:7:5")]
    [InlineData("coverage: partial", "coverage: none", "s.yaml:6:5")]
    [InlineData("    evidence: [verdicts]", "    # none", "s.yaml:6:5")]
    [InlineData("    elsewhere: The rest.", "    # none", "s.yaml:6:5")]
    [InlineData("    source: A book", "    rules: [\"dns-*\"]\n    source: A book", "s.yaml:6:5")]
    [InlineData("controls-version: 1", "controls-version: 2", "s.yaml:1:19")]
    [InlineData("controls-version: 1", "# nothing", "s.yaml:2:1")]
    [InlineData("scheme: s", "scheme: [s]", "s.yaml:2:9")]
    [InlineData("controls:", "controls: none\nothers:", "s.yaml:5:11")]
    [InlineData("title: S", "title: &s S", "s.yaml:3:8")]
    public void Names_the_place_of_what_is_wrong(string what, string instead, string place)
    {
        var load = ControlLoader.LoadText("s.yaml", Good.Replace(what, instead, StringComparison.Ordinal));

        Assert.Empty(load.Schemes);
        Assert.Contains(load.Problems, problem => problem.ToString().StartsWith(place + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_a_control_that_stands_there_twice() => Assert.Contains(
        ControlLoader.LoadText("s.yaml", Good + "\n" + Good[Good.IndexOf("  - id", StringComparison.Ordinal)..]).Problems, problem => problem.Code == DiagnosticCode.DefinedTwice);

    [Fact]
    public void Refuses_a_folder_without_mappings() => Assert.NotEmpty(ControlLoader.Load(Repository.Path("rules", "lists")).Problems);

    [Fact]
    public void Ships_mappings_whose_rules_exist()
    {
        var load = ControlLoader.Load(Repository.Path("rules", "controls"));
        Assert.Empty(load.Problems);
        Assert.Equal(["en303645", "iso27001", "nis2", "nist80053"], load.Schemes.Select(scheme => scheme.Id));

        var rules = RuleSetLoader.Load(Repository.Path("rules")).Set!.Rules.Select(rule => rule.Id).ToList();
        foreach (var control in load.Schemes.SelectMany(scheme => scheme.Controls))
        {
            Assert.All(control.Rules, pattern => Assert.Contains(rules, rule => (control with { Rules = [pattern] }).Names(rule)));
        }
    }

    [Fact]
    public void Claims_compliance_nowhere() => Assert.All(
        ControlLoader.Load(Repository.Path("rules", "controls")).Schemes.SelectMany(scheme => scheme.Controls),
        control =>
        {
            Assert.DoesNotContain("complian", control.Statement, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("complies", control.Statement, StringComparison.OrdinalIgnoreCase);
            Assert.True(control.Coverage == ControlCoverage.Evidence || control.Elsewhere.Length > 0);
        });
}
