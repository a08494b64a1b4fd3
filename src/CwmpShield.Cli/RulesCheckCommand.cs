using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules check</c>: every problem of a rule set at once.</summary>
internal static class RulesCheckCommand
{
    private const string Help = """
        Every problem of a rule set at once, as file:line:column, code and hint. Exit code: 0 fine, 1 warnings with --strict, 2 errors.

        Example: cwmpshield rules check rules
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "Rule set: a file or a directory.", DefaultValueFactory = _ => "rules" };
        var named = new Option<string?>("--rules", "-r") { Description = "The same as PATH." };
        var site = RuleArguments.Site();
        var strict = new Option<bool>("--strict") { Description = "Exit 1 on warnings." };
        var json = RuleArguments.AsJson();
        var command = new Command("check", Help) { path, named, site, strict, json };
        command.SetAction(result =>
        {
            var loaded = RuleSetLoader.Load(result.GetValue(named) ?? result.GetValue(path)!, new RuleLoadOptions { Site = result.GetValue(site) });
            var output = result.InvocationConfiguration.Output;
            foreach (var diagnostic in loaded.Diagnostics)
            {
                output.WriteLine(result.GetValue(json) ? Json(diagnostic) : diagnostic.ToString());
            }

            var errors = loaded.Diagnostics.Count(d => !d.IsWarning);
            var warnings = loaded.Diagnostics.Count - errors;
            if (!result.GetValue(json))
            {
                output.WriteLine(loaded.Set is { } set
                    ? $"{set.Rules.Length} rules, {set.Exceptions.Length} exceptions, {warnings} warnings, mode {set.Mode.ToString().ToLowerInvariant()}, version {set.Version}, sha256 {set.Hash}"
                    : $"{errors} errors, {warnings} warnings");
            }

            return loaded.Set is null ? ExitCode.Usage : warnings > 0 && result.GetValue(strict) ? ExitCode.Findings : ExitCode.Ok;
        });
        return command;
    }

    private static string Json(RuleDiagnostic diagnostic) => JsonSerializer.Serialize(
        new { diagnostic.File, diagnostic.Line, diagnostic.Column, Severity = diagnostic.IsWarning ? "warning" : "error", diagnostic.Code, diagnostic.Message, diagnostic.Hint },
        RuleArguments.Json);
}
