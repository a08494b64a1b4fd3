using System.CommandLine;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli;

/// <summary>The option <c>--config FILE</c>, the same for every verb that reads the configuration.</summary>
internal static class ConfigOption
{
    /// <summary>Creates it.</summary>
    public static Option<string> Create() => new("--config", "-c")
    {
        Description = $"Configuration file; {GatewayConfiguration.DefaultFile} in the working directory where none is given.",
        HelpName = "FILE",
    };

    /// <summary>Prints what is wrong with <paramref name="configuration"/>, one error a line.</summary>
    public static int Report(GatewayConfiguration configuration, TextWriter error)
    {
        foreach (var problem in configuration.Errors)
        {
            error.WriteLine(problem);
        }

        return ExitCode.Usage;
    }
}
