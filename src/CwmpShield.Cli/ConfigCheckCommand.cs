using System.CommandLine;
using System.Text.Json;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield config check [--config FILE] [--json]</c>: exit 0 when the gateway may start, 2 otherwise.</summary>
internal static class ConfigCheckCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var json = new Option<bool>("--json") { Description = "Prints the result as one JSON object." };
        var command = new Command("check", "Checks the configuration and the files that it names; reports every error.") { config, json };
        command.SetAction(result =>
        {
            var configuration = GatewayConfiguration.Load(result.GetValue(config));
            var output = result.InvocationConfiguration;
            if (result.GetValue(json))
            {
                var errors = configuration.Errors.Select(error => new { error.Key, error.Found, error.Expected });
                output.Output.WriteLine(JsonSerializer.Serialize(new { Ok = configuration.Errors.Count == 0, Errors = errors }, Json));
                return configuration.Errors.Count == 0 ? ExitCode.Ok : ExitCode.Usage;
            }

            if (configuration.Errors.Count > 0)
            {
                return ConfigOption.Report(configuration, output.Error);
            }

            output.Output.WriteLine("The configuration is good.");
            return ExitCode.Ok;
        });
        return command;
    }
}
