using System.CommandLine;
using System.Reflection;
using System.Text.Json;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = RuleArguments.AsJson();
        var command = new Command("version", "Prints the version.\n\nExample: cwmpshield version") { json };
        command.SetAction(result =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            result.InvocationConfiguration.Output.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(new { Version = version }, RuleArguments.Json) : version);
            return ExitCode.Ok;
        });
        return command;
    }
}
