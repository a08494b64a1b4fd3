using System.Text.RegularExpressions;
using CwmpShield.Core.Decisions.Conformance;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Loading;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The language reference holds what it shows: every example loads, and every condition and predicate has its place in it.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Repository.Path("docs", "rules.md"));

    [GeneratedRegex("^\\| .*`(?<example>[a-z0-9-]+: [^`]+)` \\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ConditionRow { get; }

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Block { get; }

    public static IEnumerable<object[]> Examples => ConditionRow.Matches(Reference).Select(m => new object[] { m.Groups["example"].Value });

    [Fact]
    public void Has_an_example_for_every_condition()
    {
        var shown = Examples.Select(e => ((string)e[0]).Split(':')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(WhereCompiler.Keys.Except(["not", "any-of", "direction", "not-file-type"], StringComparer.Ordinal).Except(shown, StringComparer.Ordinal));
        Assert.All(WhereCompiler.Keys, key => Assert.Contains(key, Reference, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Shows_conditions_that_load(string example)
    {
        var result = RuleSetLoader.LoadText($"cwmpshield: 1\nrules:\n  - {{ id: one, title: t, severity: low, on: any, where: {{ {example} }}, then: observe }}");

        Assert.DoesNotContain(result.Diagnostics, d => !d.IsWarning);
    }

    [Fact]
    public void Begins_with_a_rule_and_a_test_that_pass()
    {
        var blocks = Block.Matches(Reference).Select(m => m.Groups["text"].Value).ToList();
        var set = Lab.Set(blocks[0]);
        var file = Path.Combine(Directory.CreateTempSubdirectory("reference").FullName, "case.yaml");
        File.WriteAllText(file, blocks[1]);

        var (cases, problems) = ConformanceReader.Read(file);

        Assert.Empty(problems);
        Assert.Equal(2, cases.Count);
        Assert.All(cases, c => Assert.Empty(ConformanceRunner.Run(set, c).Problems));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Shows_whole_files_that_load() =>
        Assert.All(
            Block.Matches(Reference).Select(m => m.Groups["text"].Value).Where(t => t.StartsWith("cwmpshield: 1", StringComparison.Ordinal)),
            text => Assert.DoesNotContain(RuleSetLoader.LoadText(text).Diagnostics, d => !d.IsWarning && d.Code != DiagnosticCode.UnknownClass));

    [Fact]
    public void Names_every_word_of_on() =>
        Assert.All(MessageSelector.AllWords.Where(w => char.IsLower(w[0])), word => Assert.Contains($"`{word}`", Reference, StringComparison.Ordinal));

    [Fact]
    public void Names_every_type_of_a_value() => Assert.All(ValueTestCompiler.KindNames, kind => Assert.Contains($"`{kind}`", Reference, StringComparison.Ordinal));
}
