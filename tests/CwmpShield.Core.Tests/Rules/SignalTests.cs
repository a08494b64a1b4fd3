using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Conformance;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The condition <c>signal</c>.</summary>
public sealed class SignalTests
{
    private const string Rule = "cwmpshield: 1\nrules:\n  - { id: one, title: t, severity: low, on: [Inform], where: { signal: SIGNAL }, then: deny }\n";

    [Theory]
    [InlineData("canary", "canary", Verdict.Deny)]
    [InlineData("[canary, two-keys]", "two-keys", Verdict.Deny)]
    [InlineData("[canary, two-keys]", "many-serials", Verdict.Forward)]
    [InlineData("canary", "", Verdict.Forward)]
    public void Holds_when_one_of_its_signals_stands(string asked, string standing, Verdict verdict)
    {
        var set = Lab.Set(Rule.Replace("SIGNAL", asked, StringComparison.Ordinal));
        var signals = standing.Length > 0 ? $"signals: [{standing}]" : "";
        var file = Path.Combine(Directory.CreateTempSubdirectory("signal").FullName, "case.yaml");
        File.WriteAllText(file, $"rule: one\ncases:\n  - name: n\n    report: Inform\n    {signals}\n    expect: {verdict.ToString().ToLowerInvariant()}\n");

        var (cases, problems) = ConformanceReader.Read(file);

        Assert.Empty(problems);
        Assert.Empty(ConformanceRunner.Run(set, cases.Single()).Problems);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("canari", DiagnosticCode.UnknownWord)]
    [InlineData("[canary, 7]", DiagnosticCode.UnknownWord)]
    [InlineData("[]", DiagnosticCode.MissingKey)]
    [InlineData("{ in: canary }", DiagnosticCode.WrongKind)]
    public void Refuses_what_is_no_signal(string asked, string code) =>
        Assert.Contains(RuleSetLoader.LoadText(Rule.Replace("SIGNAL", asked, StringComparison.Ordinal)).Diagnostics, d => d.Code == code && d.Line == 3);
}
