using System.CommandLine;
using System.Globalization;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield exposure scan</c>. Exit 0 where nothing is exposed, 1 where something is or the scan was stopped.</summary>
internal sealed class ExposureScanCommand
{
    private const int MaxRate = 1000;

    private const string Text = """
        Asks the devices of the registry harmless questions at their connection-request endpoint: is it guarded, and does TR-064 or UPnP answer beside it?

        Only reads (GET) without credentials, only endpoints that devices have told in their own sessions, and only within
        CwmpShield:ConnectionRequests:Endpoints:AccessNetworks. A device whose endpoint is open begins a session when it is asked.

        Examples:
          cwmpshield exposure scan --dry-run
          cwmpshield exposure scan --group lab --rate 20
          cwmpshield exposure scan --json --metrics /var/lib/node_exporter/cwmpshield-exposure.prom
        """;

    private readonly Option<string?> group = new("--group") { Description = "Only devices of this group.", HelpName = "NAME" };
    private readonly Option<int> rate = new("--rate") { Description = $"Questions a second, 1 to {MaxRate}.", HelpName = "COUNT", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object." };
    private readonly Option<bool> dry = new("--dry-run") { Description = "Shows who would be asked what, and asks nobody." };
    private readonly Option<bool> progress = new("--progress") { Description = "Shows progress where standard error is no terminal, too." };
    private readonly Option<string?> metrics = new("--metrics") { Description = "Writes the counts to FILE for the textfile collector of Prometheus's node exporter.", HelpName = "FILE" };
    private readonly Option<string> config = ConfigOption.Create();
    private readonly Argument<string[]> addresses = new("ADDRESS") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    private ExposureScanCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var scan = new ExposureScanCommand();
        scan.rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxRate)
            {
                result.AddError($"--rate takes 1 to {MaxRate}.");
            }
        });
        var command = new Command("scan", Text) { scan.group, scan.rate, scan.json, scan.dry, scan.progress, scan.metrics, scan.config, scan.addresses };
        command.SetAction(scan.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        if (result.GetValue(addresses) is { Length: > 0 })
        {
            await error.WriteLineAsync("No addresses are taken: only devices of the registry are asked, where their own sessions have told they are. Use --group to ask fewer.");
            return ExitCode.Usage;
        }

        var configuration = GatewayConfiguration.Load(result.GetValue(config));
        if (configuration.Errors.Count > 0)
        {
            return ConfigOption.Report(configuration, error);
        }

        var options = configuration.Options.ConnectionRequests;
        if (ExposureRun.Refusal(options) is { Length: > 0 } refusal)
        {
            await error.WriteLineAsync(refusal);
            return ExitCode.Usage;
        }

        try
        {
            using var store = StoreFactory.Open(configuration.Options.Store);
            return await ScanAsync(result, options, new ExposureTargets(store, result.GetValue(group)), cancellationToken);
        }
        catch (Exception problem) when (problem is StoreException or RegistryUnavailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
    }

    private async Task<int> ScanAsync(ParseResult result, ConnectionRequestOptions options, ExposureTargets targets, CancellationToken cancellationToken)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var count = await targets.CountAsync(cancellationToken);
        if (count == 0)
        {
            await error.WriteLineAsync(result.GetValue(group) is { } name ? $"No device is in the group '{name}'." : "No device is in the registry.");
            return ExitCode.Usage;
        }

        if (result.GetValue(dry))
        {
            await ExposureView.PrintPlanAsync(options, targets, result.GetValue(json), output, cancellationToken);
            return ExitCode.Ok;
        }

        var summary = new ExposureSummary();
        var bar = new ProgressLine(error, result.GetValue(progress));
        try
        {
            await ExposureRun.RunAsync(
                options,
                targets.ReadAsync(cancellationToken),
                result.GetValue(rate),
                finding =>
                {
                    summary.Add(finding);
                    bar.Show(summary.Devices, count, string.Create(CultureInfo.InvariantCulture, $"{summary.Devices}/{count} devices, {summary.Exposed.Count} exposed"));
                },
                TimeProvider.System,
                cancellationToken);
            summary.IsComplete = true;
        }
        catch (OperationCanceledException)
        {
            // What was found until then is reported, and called what it is.
        }
        catch (RegistryUnavailableException problem)
        {
            await error.WriteLineAsync(problem.Message);
        }

        bar.End();
        return Report(result, summary, output);
    }

    private int Report(ParseResult result, ExposureSummary summary, TextWriter output)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (result.GetValue(metrics) is { } path && summary.IsComplete)
        {
            // The collector reads whole files: a new one takes the old one's place at once.
            var fresh = path + ".tmp";
            File.WriteAllText(fresh, ExposureMetricsText.Write(summary, now));
            File.Move(fresh, path, overwrite: true);
        }

        ExposureView.Print(summary, now, result.GetValue(json), output);
        return summary.IsComplete && summary.Exposed.Count == 0 ? ExitCode.Ok : ExitCode.Findings;
    }
}
