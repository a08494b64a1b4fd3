using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Decisions.Conformance;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules test</c>: runs conformance cases against a rule set.</summary>
internal static class RulesTestCommand
{
    private const string Help = """
        Runs conformance cases (docs/rules.md) through the inspection that the gateway uses. A failing case is shown with the conditions of the
        rules that held. Lists come from site.yaml beside the cases when it is there. Exit code: 0 all pass, 3 a case fails, 2 bad cases or rules.

        Example: cwmpshield rules test tests/conformance --rules rules
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Directory of cases, or one file.", DefaultValueFactory = _ => Path.Combine("tests", "conformance") };
        var rules = RuleArguments.Rules();
        var site = RuleArguments.Site();
        var only = new Option<string?>("--rule") { Description = "Only the cases of this rule." };
        var json = RuleArguments.AsJson();
        var command = new Command("test", Help) { directory, rules, site, only, json };
        command.SetAction(result =>
        {
            var path = result.GetValue(directory)!;
            var beside = Path.Combine(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!, "site.yaml");
            var errors = result.InvocationConfiguration.Error;
            if (!Path.Exists(path))
            {
                errors.WriteLine($"{path}: no such file or directory");
                return ExitCode.Usage;
            }

            var set = RuleArguments.Load(result.GetValue(rules)!, result.GetValue(site) ?? (File.Exists(beside) ? beside : null), errors);
            var (cases, problems) = ConformanceReader.Read(path);
            foreach (var problem in problems)
            {
                errors.WriteLine(problem);
            }

            if (set is null || problems.Any(p => !p.IsWarning))
            {
                return ExitCode.Usage;
            }

            var results = cases.Where(c => result.GetValue(only) is not { } id || c.Rule == id).Select(c => ConformanceRunner.Run(set, c)).ToList();
            Print(results, result.GetValue(json), result.InvocationConfiguration.Output);
            return results.TrueForAll(r => r.Passed) ? ExitCode.Ok : ExitCode.Denied;
        });
        return command;
    }

    private static void Print(List<CaseResult> results, bool json, TextWriter output)
    {
        foreach (var result in results)
        {
            if (json)
            {
                output.WriteLine(JsonSerializer.Serialize(
                    new { result.Case.File, result.Case.Line, result.Case.Rule, Case = result.Case.Name, result.Passed, Verdict = result.Decision.Verdict.ToString().ToLowerInvariant(), result.Problems },
                    RuleArguments.Json));
            }
            else if (!result.Passed)
            {
                output.WriteLine($"FAIL {result.Case.File}:{result.Case.Line} {result.Case.Rule}: {result.Case.Name}");
                result.Problems.ToList().ForEach(p => output.WriteLine($"     {p}"));
                ExplanationText.Print(result.Explanation, output, "     ");
            }
        }

        if (!json)
        {
            var failed = results.Count(r => !r.Passed);
            output.WriteLine($"{results.Count - failed} passed, {failed} failed, {results.Select(r => r.Case.Rule).Distinct(StringComparer.Ordinal).Count()} rules");
        }
    }
}
