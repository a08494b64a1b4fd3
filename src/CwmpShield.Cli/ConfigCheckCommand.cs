using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Signing;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield config check [--config FILE] [--json]</c>: exit 0 when the gateway may start, 2 otherwise.</summary>
internal static class ConfigCheckCommand
{
    private const string Text = """
        Checks the configuration, the files that it names and the rules; reports every error. The store is not opened: db status and
        secrets status tell of it. Exit code: 0 good, 2 the gateway would not start.

        Example: cwmpshield config check --config appsettings.json
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var json = new Option<bool>("--json") { Description = "Prints the result as one JSON object." };
        var command = new Command("check", Text) { config, json };
        command.SetAction(result =>
        {
            var configuration = WithRules(GatewayConfiguration.Load(result.GetValue(config)));
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

    /// <summary>Adds what is wrong with the rules that the configuration names, each by its file and place.</summary>
    private static GatewayConfiguration WithRules(GatewayConfiguration configuration)
    {
        const string Key = "CwmpShield:Rules:Path";
        if (configuration.Errors.Any(error => error.Key.StartsWith("CwmpShield:Rules:", StringComparison.Ordinal)))
        {
            return configuration;
        }

        var options = configuration.Options.Rules;
        var trust = options.RequireSignedRules ? new RuleTrust(File.ReadAllText(options.TrustedKeyFile)) : null;
        var rules = RuleSetLoader.Load(options.Path, new RuleLoadOptions { Trust = trust });
        var problems = rules.Set is null ? rules.Diagnostics.Where(problem => !problem.IsWarning) : [];
        return configuration with
        {
            Errors = [.. configuration.Errors, .. problems.Select(problem => new ConfigurationError(Key, problem.ToString(), "rules without errors"))],
        };
    }
}
