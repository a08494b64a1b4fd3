using System.CommandLine;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules schema</c>: JSON Schema of rule files, for editors.</summary>
internal static class RulesSchemaCommand
{
    private const string Help = """
        JSON Schema (2020-12) of rule files. An editor with YAML support completes and checks by it; the loader stays the authority.

        Example: cwmpshield rules schema > rules/schema.json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = RuleArguments.AsJson();
        var command = new Command("schema", Help) { json };
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.WriteLine(RuleSchema.Text());
            return ExitCode.Ok;
        });
        return command;
    }
}
