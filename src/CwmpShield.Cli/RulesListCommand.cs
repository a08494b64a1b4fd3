using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules list</c>: the rules of a set as a table.</summary>
internal static class RulesListCommand
{
    private const string Help = """
        The rules of a set by pack, severity and maturity.

        Example: cwmpshield rules list --rules rules --severity critical
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var rules = RuleArguments.Rules();
        var site = RuleArguments.Site();
        var severity = new Option<Severity?>("--severity") { Description = "Only rules of this severity or a higher one." };
        var json = RuleArguments.AsJson();
        var command = new Command("list", Help) { rules, site, severity, json };
        command.SetAction(result =>
        {
            if (RuleArguments.Load(result.GetValue(rules)!, result.GetValue(site), result.InvocationConfiguration.Error) is not { } set)
            {
                return ExitCode.Usage;
            }

            var shown = set.Rules.Where(r => result.GetValue(severity) is not { } least || r.Severity >= least).ToList();
            Print(shown, result.GetValue(json), result.InvocationConfiguration.Output);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(List<Rule> rules, bool json, TextWriter output)
    {
        if (json)
        {
            rules.ForEach(r => output.WriteLine(JsonSerializer.Serialize(RuleText.Facts(r), RuleArguments.Json)));
            return;
        }

        var width = rules.Select(r => r.Id.Length).DefaultIfEmpty().Max();
        foreach (var pack in rules.GroupBy(r => r.Pack, StringComparer.Ordinal))
        {
            output.WriteLine(pack.Key);
            foreach (var rule in pack)
            {
                output.WriteLine($"  {rule.Id.PadRight(width)}  {RuleText.Word(rule.Severity),-8}  {RuleText.Word(rule.Maturity),-10}  {RuleText.Word(rule.Action),-10}  {rule.Title}");
            }
        }

        output.WriteLine($"{rules.Count} rules");
    }
}
