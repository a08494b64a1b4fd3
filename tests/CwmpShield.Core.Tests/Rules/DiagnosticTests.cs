using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Every code of a diagnostic, by what brings it about, and its place.</summary>
public sealed class DiagnosticTests
{
    private const string Head = "cwmpshield: 1\n";
    private const string Rule = "rules:\n  - { id: one, title: t, severity: low, on: [SetParameterValues], then: deny, ";

    [Theory]
    [InlineData(DiagnosticCode.NotYaml, "a: [1\nb: 2", 0)]
    [InlineData(DiagnosticCode.NotYaml, Head + "---\ncwmpshield: 1\n", 2)]
    [InlineData(DiagnosticCode.NotYaml, Head + "lists: { a: [1, 2 }", 2)]
    [InlineData(DiagnosticCode.AnchorAliasOrTag, Head + "lists: &x { a: [b] }", 2)]
    [InlineData(DiagnosticCode.AnchorAliasOrTag, Head + "lists: *x", 2)]
    [InlineData(DiagnosticCode.AnchorAliasOrTag, Head + "lists: !!map { a: [b] }", 2)]
    [InlineData(DiagnosticCode.AnchorAliasOrTag, Head + "lists: !evil { a: [b] }", 2)]
    [InlineData(DiagnosticCode.TooDeep, Head + "lists: [[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]", 2)]
    [InlineData(DiagnosticCode.DuplicateKey, Head + "mode: enforce\nmode: observe", 3)]
    [InlineData(DiagnosticCode.UnknownKey, Head + "lsits: { a: [b] }", 2)]
    [InlineData(DiagnosticCode.UnknownKey, Head + Rule + "where: { parametr: { path: Device.A } } }", 3)]
    [InlineData(DiagnosticCode.UnknownKey, Head + Rule + "where: { value: { as: ip, notin: [a] } } }", 3)]
    [InlineData(DiagnosticCode.WrongKind, Head + "rules: yes", 2)]
    [InlineData(DiagnosticCode.WrongKind, Head + Rule + "where: [a] }", 3)]
    [InlineData(DiagnosticCode.WrongKind, Head + "lists: [a]", 2)]
    [InlineData(DiagnosticCode.WrongKind, "just text", 1)]
    [InlineData(DiagnosticCode.WrongKind, Head + Rule + "where: { tr064: maybe } }", 3)]
    [InlineData(DiagnosticCode.WrongKind, Head + Rule + "where: { value: { longer-than: long } } }", 3)]
    [InlineData(DiagnosticCode.MissingKey, Head + "rules:\n  - { id: one, title: t, severity: low, then: deny }", 3)]
    [InlineData(DiagnosticCode.MissingKey, Head + "exceptions:\n  - { rule: one, device: any, until: 2099-01-01 }", 3)]
    [InlineData(DiagnosticCode.LanguageVersion, "cwmpshield: 2\n", 1)]
    [InlineData(DiagnosticCode.LanguageVersion, "rules: []\n", 1)]
    [InlineData(DiagnosticCode.BadName, Head + "rules:\n  - { id: One, title: t, severity: low, on: Reboot, then: deny }", 3)]
    [InlineData(DiagnosticCode.BadName, Head + "lists: { A_b: [c] }", 2)]
    [InlineData(DiagnosticCode.DefinedTwice, Head + Rule + "}\n  - { id: one, title: t, severity: low, on: Reboot, then: deny }", 4)]
    [InlineData(DiagnosticCode.UnknownRpc, Head + "rules:\n  - { id: one, title: t, severity: low, on: [SetParameterValue], then: deny }", 3)]
    [InlineData(DiagnosticCode.UnknownWord, Head + "rules:\n  - { id: one, title: t, severity: huge, on: Reboot, then: deny }", 3)]
    [InlineData(DiagnosticCode.UnknownWord, Head + "rules:\n  - { id: one, title: t, severity: low, on: Reboot, then: allow }", 3)]
    [InlineData(DiagnosticCode.CannotBe, Head + "rules:\n  - { id: one, title: t, severity: low, on: Inform, then: neutralise }", 3)]
    [InlineData(DiagnosticCode.CannotBe, Head + "rules:\n  - { id: one, title: t, severity: low, on: writes, where: { value: { empty: true } }, then: neutralise }", 3)]
    [InlineData(DiagnosticCode.CannotBe, Head + Rule + "where: { parameter: { path: Device.A }, file-type: [1] } }", 3)]
    [InlineData(DiagnosticCode.CannotBe, Head + Rule + "where: { not: { rate: { per: fleet, more-than: 1, within: 1h } } } }", 3)]
    [InlineData(DiagnosticCode.UnknownList, Head + Rule + "where: { value: { in: $nowhere } } }", 3)]
    [InlineData(DiagnosticCode.Cycle, Head + "lists: { a: [$b], b: [$c], c: [$a] }", 2)]
    [InlineData(DiagnosticCode.Cycle, Head + "classes: { a: { includes: [b] }, b: { includes: [a] } }", 2)]
    [InlineData(DiagnosticCode.BadListItem, Head + Rule + "where: { value: { as: ip, in: [1.2.3] } } }", 3)]
    [InlineData(DiagnosticCode.UnknownClass, Head + Rule + "where: { parameter: { class: nowhere } } }", 3)]
    [InlineData(DiagnosticCode.BadPattern, Head + Rule + "where: { parameter: { path: Device..A } } }", 3)]
    [InlineData(DiagnosticCode.BadRegex, Head + Rule + "where: { value: { matches: '(a)\\1' } } }", 3)]
    [InlineData(DiagnosticCode.BadRegex, Head + Rule + "where: { value: { matches: '(?=a)' } } }", 3)]
    [InlineData(DiagnosticCode.BadRegex, Head + Rule + "where: { value: { matches: '(((a{100}){100}){100}){100}' } } }", 3)]
    [InlineData(DiagnosticCode.BadRegex, Head + Rule + "where: { value: { matches: '(' } } }", 3)]
    [InlineData(DiagnosticCode.PredicateDoesNotFit, Head + Rule + "where: { value: { as: ip, less-than: 3 } } }", 3)]
    [InlineData(DiagnosticCode.BadFault, Head + "rules:\n  - { id: one, title: t, severity: low, on: Reboot, then: deny, fault: 42 }", 3)]
    [InlineData(DiagnosticCode.BadFault, Head + "rules:\n  - { id: one, title: t, severity: low, on: Inform, then: deny, fault: 8005 }", 3)]
    [InlineData(DiagnosticCode.BadFault, Head + "rules:\n  - { id: one, title: t, severity: low, on: Reboot, then: deny, fault: 8001 }", 3)]
    [InlineData(DiagnosticCode.OutOfRange, Head + Rule + "where: { value: { longer-than: -1 } } }", 3)]
    [InlineData(DiagnosticCode.OutOfRange, Head + Rule + "where: { value: { as: dhcp-option, tag: [999] } } }", 3)]
    [InlineData(DiagnosticCode.BadTime, Head + Rule + "where: { time: { from: 25 } } }", 3)]
    [InlineData(DiagnosticCode.BadTime, Head + Rule + "where: { rate: { per: fleet, more-than: 1, within: 8d } } }", 3)]
    [InlineData(DiagnosticCode.BadTime, Head + Rule + "}\nexceptions:\n  - { rule: one, device: any, until: soon, ticket: T }", 5)]
    [InlineData(DiagnosticCode.BadVersionRange, Head + Rule + "where: { device: { software-version: '>=' } } }", 3)]
    [InlineData(DiagnosticCode.ExceptionWithoutRule, Head + "exceptions:\n  - { rule: one, device: any, until: 2099-01-01, ticket: T }", 3)]
    [InlineData(DiagnosticCode.BadArtefactLine, Head + "lists: { artefacts: [abc] }\nrules:\n  - { id: one, title: t, severity: low, on: Download, then: deny, where: { artefact: { unsigned: true } } }", 2)]
    [InlineData(DiagnosticCode.Unreadable, Head + "lists: { a: { file: ../../etc/passwd } }", 2)]
    [InlineData(DiagnosticCode.ExceptionEnded, Head + Rule + "}\nexceptions:\n  - { rule: one, device: any, until: 2020-01-01, ticket: T }", 5)]
    [InlineData(DiagnosticCode.SameRule, Head + Rule + "}\n  - { id: two, title: t, severity: low, on: [SetParameterValues], then: deny }", 4)]
    [InlineData(DiagnosticCode.NeverHolds, Head + "rules:\n  - { id: one, title: t, severity: low, on: Reboot, where: { parameter: { path: Device.A } }, then: deny }", 3)]
    [InlineData(DiagnosticCode.EmptyList, Head + Rule + "where: { value: { as: ip, not-in: $resolvers } } }", 3)]
    [InlineData(DiagnosticCode.Unused, Head + "lists: { a: [b] }", 2)]
    public void Reports_with_its_place(string code, string yaml, int line)
    {
        var found = RuleSetLoader.LoadText(yaml, new RuleLoadOptions { Now = Lab.Noon }).Diagnostics;

        var diagnostic = Assert.Single(found, d => d.Code == code && (line == 0 || d.Line == line));
        Assert.True(line == 0 || diagnostic.Column > 0);
        Assert.NotEmpty(diagnostic.Message);
    }

    [Fact]
    public void Reports_all_problems_at_once()
    {
        var codes = RuleSetLoader.LoadText(Head + """
            lists: { Bad_Name: [a] }
            unknown: 1
            rules:
              - { id: UPPER, title: t, severity: huge, on: [Nothing], where: { value: { as: ip, in: [x y] }, parameter: { class: no } }, then: maybe }
            exceptions:
              - { rule: none, device: any, until: soon }
            """).Diagnostics.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>([DiagnosticCode.BadName, DiagnosticCode.UnknownKey, DiagnosticCode.UnknownWord, DiagnosticCode.UnknownRpc, DiagnosticCode.BadListItem, DiagnosticCode.UnknownClass, DiagnosticCode.ExceptionWithoutRule, DiagnosticCode.BadTime, DiagnosticCode.MissingKey], StringComparer.Ordinal),
            codes);
    }

    [Fact]
    public void Says_what_was_probably_meant()
    {
        var diagnostic = Assert.Single(RuleSetLoader.LoadText(Head + Rule + "where: { value: { as: ip, not-in: $resolver } } }").Diagnostics);

        Assert.Contains("\"resolvers\"", diagnostic.Hint, StringComparison.Ordinal);
        Assert.Equal($"rules.yaml:3:{diagnostic.Column}: error CSR0106: list \"resolver\" is not defined (did you mean \"resolvers\"?)", diagnostic.ToString());
    }

    [Fact]
    public void Warnings_do_not_stop_a_set() => Assert.NotNull(RuleSetLoader.LoadText(Head + "lists: { a: [b] }").Set);

    [Fact]
    public void Every_code_is_in_the_reference()
    {
        var reference = File.ReadAllText(Repository.Path("docs", "rules.md"));
        var codes = typeof(DiagnosticCode).GetFields().Select(f => (string)f.GetRawConstantValue()!);

        Assert.All(codes, c => Assert.Contains($"| {c} |", reference, StringComparison.Ordinal));
    }
}
