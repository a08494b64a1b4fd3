using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary>What the verbs that work on rules share.</summary>
internal static class RuleArguments
{
    /// <summary>One JSON object a line, no escapes but those that JSON needs.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary><c>--rules PATH</c>.</summary>
    public static Option<string> Rules() => new("--rules", "-r")
    {
        Description = "Rule set: a file or a directory.",
        DefaultValueFactory = _ => "rules",
    };

    /// <summary><c>--site FILE</c>.</summary>
    public static Option<string?> Site() => new("--site") { Description = "A site.yaml to use in place of the rule set's own." };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> AsJson() => new("--json") { Description = "Write JSON, one object a line." };

    /// <summary>Loads the set; its problems go to <paramref name="errors"/>. Null when it cannot be used.</summary>
    public static RuleSet? Load(string path, string? site, TextWriter errors, bool withWarnings = false)
    {
        var result = RuleSetLoader.Load(path, new RuleLoadOptions { Site = site });
        foreach (var diagnostic in result.Diagnostics.Where(d => withWarnings || !d.IsWarning))
        {
            errors.WriteLine(diagnostic);
        }

        return result.Set;
    }
}
