using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Recordings;
using CwmpShield.Core.Identity;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules explain</c>: one rule in words, and how it comes out on messages.</summary>
internal static class RulesExplainCommand
{
    private const string Help = """
        One rule in words with its exceptions; with files, how each of its conditions comes out on them.

        Example: cwmpshield rules explain --rule dns-redirect --rules rules --direction acs-to-cpe order.xml
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var rules = RuleArguments.Rules();
        var site = RuleArguments.Site();
        var id = new Option<string>("--rule") { Description = "Id of the rule.", Required = true };
        var direction = new Option<string>("--direction", "-d") { Description = "Direction of bare bodies.", DefaultValueFactory = _ => "acs-to-cpe" };
        direction.AcceptOnlyFromAmong("acs-to-cpe", "cpe-to-acs");
        var json = RuleArguments.AsJson();
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "Message bodies or recordings." };
        var command = new Command("explain", Help) { rules, site, id, direction, json, files };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            if (RuleArguments.Load(result.GetValue(rules)!, result.GetValue(site), console.Error) is not { } set)
            {
                return ExitCode.Usage;
            }

            if (set.Rules.FirstOrDefault(r => r.Id == result.GetValue(id)) is not { } rule)
            {
                console.Error.WriteLine($"there is no rule \"{result.GetValue(id)}\"; see: cwmpshield rules list");
                return ExitCode.Usage;
            }

            var exceptions = set.Exceptions.Where(e => e.RuleIds.Contains(rule.Id, StringComparer.Ordinal)).Select(e => $"{e.Ticket} until {e.Until:u}").ToArray();
            if (result.GetValue(json))
            {
                console.Output.WriteLine(JsonSerializer.Serialize(new { Rule = RuleText.Facts(rule), Exceptions = exceptions }, RuleArguments.Json));
            }
            else
            {
                RuleText.Print(rule, console.Output);
                exceptions.ToList().ForEach(e => console.Output.WriteLine($"  exception {e}"));
            }

            var ground = new RecordedSession(set, new InspectionContext { Now = TimeProvider.System.GetUtcNow(), Traits = new DeviceTraits { Strength = IdentityStrength.UniqueCertificate } });
            var bare = result.GetValue(direction) is "cpe-to-acs" ? Direction.CpeToAcs : Direction.AcsToCpe;
            return OnFiles(result.GetValue(files) ?? [], ground, bare, rule.Id, result.GetValue(json), console) ? ExitCode.Ok : ExitCode.Usage;
        });
        return command;
    }

    private static bool OnFiles(string[] files, RecordedSession session, Direction bare, string id, bool json, InvocationConfiguration console)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file) || !RecordedMessage.TryRead(File.ReadAllBytes(file), out var recorded, out _))
            {
                console.Error.WriteLine($"{file}: cannot be read");
                return false;
            }

            var direction = recorded.Direction ?? bare;
            var explanations = session.Explain(recorded, direction, id);
            session.Next(recorded, direction);
            if (json)
            {
                console.Output.WriteLine(JsonSerializer.Serialize(new { File = file, Explain = explanations.Select(InspectRun.ExplainLine.Of) }, RuleArguments.Json));
                continue;
            }

            console.Output.WriteLine(explanations.Count == 0 ? $"{file}: the rule is not about this message" : $"{file}:");
            ExplanationText.Print(explanations, console.Output, "  ");
        }

        return true;
    }
}
