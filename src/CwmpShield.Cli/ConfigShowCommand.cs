using System.CommandLine;
using System.Text.Json.Nodes;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield config show [--config FILE] [--json]</c>: every key as the gateway will use it, defaults included.</summary>
internal static class ConfigShowCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var json = new Option<bool>("--json") { Description = "Prints JSON that is a configuration file itself." };
        var command = new Command("show", "Prints the configuration in effect, defaults included, secrets masked.\n\nExample: cwmpshield config show --config appsettings.json") { config, json };
        command.SetAction(result =>
        {
            var configuration = GatewayConfiguration.Load(result.GetValue(config));
            var output = result.InvocationConfiguration;
            if (configuration.Errors.Count > 0)
            {
                return ConfigOption.Report(configuration, output.Error);
            }

            var view = ConfigView.Of(configuration);
            if (result.GetValue(json))
            {
                output.Output.WriteLine(view.ToJsonString(ConfigView.Json));
                return ExitCode.Ok;
            }

            Print("", view, output.Output);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(string key, JsonNode? node, TextWriter output)
    {
        switch (node)
        {
            case JsonObject section when section.Count > 0:
                foreach (var (name, value) in section)
                {
                    Print(key.Length == 0 ? name : $"{key}:{name}", value, output);
                }

                break;
            case JsonArray list when list.Count > 0:
                for (var i = 0; i < list.Count; i++)
                {
                    Print($"{key}:{i}", list[i], output);
                }

                break;
            default:
                output.WriteLine($"{key} = {node?.ToString() ?? ""}");
                break;
        }
    }
}
