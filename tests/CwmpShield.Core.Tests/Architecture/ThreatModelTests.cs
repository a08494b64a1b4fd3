using System.Text.RegularExpressions;

namespace CwmpShield.Core.Tests.Architecture;

/// <summary>The threat model, and the page on faults, say which test holds each mechanism: those tests exist.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Text = File.ReadAllText(Repository.Path("docs", "threat-model.md"));

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"rules? (`(?<id>[a-z0-9-]+)`(, )?)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rules { get; }

    [Theory]
    [InlineData("threat-model.md")]
    [InlineData("reliability.md")]
    public void Names_tests_that_exist(string page)
    {
        var text = File.ReadAllText(Repository.Path("docs", page));
        var files = Directory.GetFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (Match match in Named.Matches(text))
        {
            var method = match.Groups["method"].Value;
            if (!files[match.Groups["class"].Value].Any(file => method.Length == 0 || File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal)))
            {
                missing.Add(match.Value);
            }
        }

        Assert.True(Named.Count(text) > 30);
        Assert.Empty(missing);
    }

    [Fact]
    public void Names_rules_that_have_cases()
    {
        var ids = Rules.Matches(Text).SelectMany(match => match.Groups["id"].Captures.Select(one => one.Value)).ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.True(File.Exists(Repository.Path("tests", "conformance", id + ".yaml")), id));
    }
}
