using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Conformance;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Conformance;

/// <summary>What the runner of conformance cases makes of good and of bad files.</summary>
public sealed class ConformanceRunnerTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("cases").FullName;
    private readonly RuleSet rules = Lab.Rule("SetParameterValues", "{ parameter: { path: Device.A }, value: { in: [bad] } }");

    [Fact]
    public void A_failing_case_says_what_is_wrong_and_shows_the_rules_that_held()
    {
        var result = Run("""
            rule: one
            cases:
              - { name: wrong, order: SetParameterValues, parameters: { Device.A: bad }, expect: forward, rules: [other], reasons: [none] }
            """);

        Assert.False(result.Passed);
        Assert.Equal(["verdict deny, expected forward", "rule other did not hold", "reason none is not given", "reasons: denied-by-rule"], result.Problems);
        Assert.Equal("one", Assert.Single(result.Explanation).RuleId);
    }

    [Theory]
    [InlineData("parameters: { Device.A: bad }, expect: deny", true)]
    [InlineData("parameters: { Device.A: bad }, expect: deny, not-rules: [one]", false)]
    [InlineData("parameters: { Device.A: good }, expect: forward", true)]
    [InlineData("parameters: { Device.A: good }, expect: deny", false)]
    [InlineData("parameters: [ { name: Device.A, value: bad, type: string } ], expect: deny, reasons: [denied-by-rule]", true)]
    public void Compares_verdict_rules_and_reasons(string rest, bool passes) =>
        Assert.Equal(passes, Run($"rule: one\ncases:\n  - {{ name: n, order: SetParameterValues, {rest} }}").Passed);

    [Theory]
    [InlineData("rule: one\ncases:\n  - { name: n, expect: deny }", DiagnosticCode.MissingKey)]
    [InlineData("rule: one\ncases:\n  - { name: n, order: Reboot, expect: allow }", DiagnosticCode.UnknownWord)]
    [InlineData("rule: one\ncases:\n  - { name: n, order: Reboot, expect: deny, parametres: {} }", DiagnosticCode.UnknownKey)]
    [InlineData("rule: one\ncases:\n  - { name: n, body: x, expect: deny }", DiagnosticCode.MissingKey)]
    [InlineData("cases: []", DiagnosticCode.MissingKey)]
    [InlineData("rule: one\ncases:\n  - { name: n, order: Reboot, strength: iron, expect: deny }", DiagnosticCode.UnknownWord)]
    public void Reports_what_is_wrong_with_a_file(string yaml, string code)
    {
        File.WriteAllText(Path.Combine(directory, "case.yaml"), yaml);

        Assert.Contains(ConformanceReader.Read(directory).Problems, p => p.Code == code && p.File == "case.yaml" && p.Line > 0);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private CaseResult Run(string yaml)
    {
        File.WriteAllText(Path.Combine(directory, "case.yaml"), yaml);
        var (cases, problems) = ConformanceReader.Read(directory);
        Assert.Empty(problems);
        return ConformanceRunner.Run(rules, Assert.Single(cases));
    }
}
