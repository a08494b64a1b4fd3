using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield config</c>: the configuration, looked at without starting anything.</summary>
internal static class ConfigCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("config", "Checks or shows the configuration.")
    {
        ConfigCheckCommand.Create(),
        ConfigShowCommand.Create(),
    };
}
