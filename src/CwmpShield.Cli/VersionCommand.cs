using System.CommandLine;
using System.Reflection;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Prints the version.\n\nExample: cwmpshield version");
        command.SetAction(result =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            result.InvocationConfiguration.Output.WriteLine(version?.InformationalVersion ?? "unknown");
            return ExitCode.Ok;
        });
        return command;
    }
}
