using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using CwmpShield.Core.Audit.Controls;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Reporting;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield report</c>: the auditor's report.</summary>
internal sealed class ReportCommand
{
    private const string Text = """
        Writes the auditor's report of a period as one HTML file, signed with the ledger's key: what was ordered, refused and why, by which
        rules, with which identity, and what the records say to each control of a scheme. Exit code 3 when the ledger is not intact; the report
        is written then, and says so.

        Examples:
          cwmpshield report --from 2026-10-01 --to 2026-11-01 --out report.html
          cwmpshield report --from 2026-11-25T08:00Z --to 2026-11-26 --scheme nis2 --out report.html --json report.json
        """;

    private readonly Command command = new("report", Text);
    private readonly ReportPeriodOptions period;
    private readonly ReportPlaceOptions places;
    private readonly ReportVerification verification;
    private readonly Option<string[]> schemes = new("--scheme") { Description = "en303645, nis2, iso27001, nist80053 or another mapping's word; all, or none.", HelpName = "SCHEME", DefaultValueFactory = _ => ["all"], AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> controls = new("--controls") { Description = "Folder of the mappings of controls.", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "rules", "controls") };
    private readonly Option<string> output = new("--out") { Description = "File of the report; its signature is written beside it with .sig.", HelpName = "FILE", Required = true };
    private readonly Option<string?> jsonFile = new("--json") { Description = "Writes the same as JSON to this file, signed as well.", HelpName = "FILE" };
    private readonly Option<int> rows = new("--rows") { Description = "Rows of a table at most, 1 to 100000; more are counted.", HelpName = "COUNT", DefaultValueFactory = _ => 5000 };

    private ReportCommand()
    {
        period = ReportPeriodOptions.AddTo(command);
        rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--rows takes 1 to 100000.");
            }
        });
        foreach (var option in new Option[] { schemes, controls, output, jsonFile, rows })
        {
            command.Options.Add(option);
        }

        verification = ReportVerification.AddTo(command);
        places = ReportPlaceOptions.AddTo(command);
        command.Subcommands.Add(ReportVerifyCommand.Create());
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new ReportCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        if (!TryChoose(result, error, out var chosen, out var hash) || !places.TryFind(result, error, out var found))
        {
            return ExitCode.Usage;
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            try
            {
                using var key = LedgerKey.Open(found.KeyFile, found.KeyPasswordFile);
                using var store = StoreFactory.Open(found.Store);
                var (from, to) = period.Get(result);
                var request = new ReportRequest
                {
                    From = from,
                    To = to,
                    At = TimeProvider.System.GetUtcNow(),
                    Schemes = chosen,
                    ControlsHash = hash,
                    Rules = RulesAt(found.RulesPath),
                    MaxRows = result.GetValue(rows),
                    Verify = verification.Get(result, store, key),
                    Version = typeof(ReportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
                };
                var outcome = await ReportRun.WriteAsync(store, request, key, result.GetValue(output)!, result.GetValue(jsonFile), cancellationToken);
                Tell(result, outcome);
                return outcome.IsLedgerIntact == false ? ExitCode.Denied : ExitCode.Ok;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
            {
                await error.WriteLineAsync($"The report cannot be written or signed: {problem.Message}");
                return ExitCode.Usage;
            }
        });
    }

    private void Tell(ParseResult result, ReportOutcome outcome)
    {
        var file = result.GetValue(output)!;
        var ledger = outcome.IsLedgerIntact switch { true => "intact", false => "NOT INTACT", null => "not verified" };
        result.InvocationConfiguration.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{file} is written and signed with key {outcome.KeyId}: {outcome.StoppedOrders} refused and held orders, {outcome.Controls} controls, ledger {ledger}."));
    }

    private bool TryChoose(ParseResult result, TextWriter error, out IReadOnlyList<ControlScheme> chosen, out string hash)
    {
        var words = result.GetValue(schemes)!;
        (chosen, hash) = ([], "");
        if (words is ["none"])
        {
            return true;
        }

        var load = ControlLoader.Load(result.GetValue(controls)!);
        foreach (var problem in load.Problems)
        {
            error.WriteLine(problem);
        }

        hash = load.Hash;
        chosen = words is ["all"] ? load.Schemes : [.. load.Schemes.Where(scheme => words.Contains(scheme.Id, StringComparer.Ordinal))];
        var known = load.Schemes.Select(scheme => scheme.Id).Append("all").Append("none").ToList();
        foreach (var word in words.Where(word => !known.Contains(word, StringComparer.Ordinal) && load.Problems.Count == 0))
        {
            error.WriteLine($"There is no mapping \"{word}\": --scheme takes {string.Join(", ", known)}.");
        }

        return load.Problems.Count == 0 && words.All(word => known.Contains(word, StringComparer.Ordinal));
    }

    /// <summary>Rules that cannot be loaded are not in force either: the report says that they were not at hand.</summary>
    private static RuleSet? RulesAt(string path) => path.Length > 0 ? RuleSetLoader.Load(path).Set : null;
}
