using System.CommandLine;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Signing;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules verify</c>: whether a rule set is what was signed.</summary>
internal static class RulesVerifyCommand
{
    private const string Help = """
        Checks a rule set against its signed index: signature, end, version, and that no file is missing, extra or changed.
        Exit code: 0 valid, 3 not valid, 2 bad usage or rules.

        Example: cwmpshield rules verify rules --key rules.pub.pem --at-least 42
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("DIR") { Description = "Directory of the rule set.", DefaultValueFactory = _ => "rules" };
        var key = new Option<string>("--key") { Description = "Public key, PEM.", Required = true };
        var atLeast = new Option<long>("--at-least") { Description = "Lowest version that is accepted." };
        var json = RuleArguments.AsJson();
        var command = new Command("verify", Help) { path, key, atLeast, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            if (!Directory.Exists(result.GetValue(path)!) || !File.Exists(result.GetValue(key)!))
            {
                console.Error.WriteLine("needs a directory and a key file");
                return ExitCode.Usage;
            }

            var trust = new RuleTrust(File.ReadAllText(result.GetValue(key)!), result.GetValue(atLeast));
            var loaded = RuleSetLoader.Load(result.GetValue(path)!, new RuleLoadOptions { Trust = trust });
            var errors = loaded.Diagnostics.Where(d => !d.IsWarning).ToList();
            errors.ForEach(console.Error.WriteLine);
            if (loaded.Set is { } set)
            {
                console.Output.WriteLine(result.GetValue(json)
                    ? System.Text.Json.JsonSerializer.Serialize(new { Valid = true, Version = loaded.SignedVersion, set.Hash }, RuleArguments.Json)
                    : $"valid, version {loaded.SignedVersion}, sha256 {set.Hash}");
                return ExitCode.Ok;
            }

            return errors.Exists(d => d.Code == DiagnosticCode.BadSignature) ? ExitCode.Denied : ExitCode.Usage;
        });
        return command;
    }
}
