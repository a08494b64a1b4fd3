using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules</c>: everything that is done with rules before they judge.</summary>
internal static class RulesCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("rules", "Checks, tests, explains, compares and signs rule sets.")
    {
        RulesCheckCommand.Create(),
        RulesTestCommand.Create(),
        RulesListCommand.Create(),
        RulesExplainCommand.Create(),
        RulesDiffCommand.Create(),
        RulesSchemaCommand.Create(),
        RulesSignCommand.Create(),
        RulesVerifyCommand.Create(),
    };
}
