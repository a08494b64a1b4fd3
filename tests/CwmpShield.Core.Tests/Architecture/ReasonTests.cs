using System.Reflection;
using System.Text.RegularExpressions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Architecture;

public sealed partial class ReasonTests
{
    private static readonly IReadOnlyList<(string Name, string Word)> All = typeof(WireReason).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: true, IsSealed: true, IsPublic: true } && t.Name.EndsWith("Reason", StringComparison.Ordinal))
        .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
            .Select(f => ($"{t.Name}.{f.Name}", (string)f.GetRawConstantValue()!)))
        .ToArray();

    [GeneratedRegex("^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex KebabCase { get; }

    [Fact]
    public void Every_reason_is_a_word_in_kebab_case() => Assert.All(All, r => Assert.Matches(KebabCase, r.Word));

    [Fact]
    public void No_two_reasons_of_one_stage_share_a_word() =>
        Assert.All(All.GroupBy(r => (r.Name.Split('.')[0], r.Word)), g => Assert.Single(g));

    [Fact]
    public void Every_reason_of_the_wire_has_a_test()
    {
        var tests = string.Concat(SourceFiles.Under("tests", "CwmpShield.Core.Tests").Select(File.ReadAllText));
        var untested = All.Where(r => r.Name.StartsWith("WireReason.", StringComparison.Ordinal) && !tests.Contains(r.Name, StringComparison.Ordinal));

        Assert.Empty(untested);
    }
}
