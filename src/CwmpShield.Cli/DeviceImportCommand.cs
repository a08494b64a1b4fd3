using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device import</c>.</summary>
internal sealed class DeviceImportCommand
{
    private const string Text = """
        Imports devices from CSV (with a header) or JSON Lines: device or oui, productClass and serialNumber; user, password, passwordForm
        (recoverable, basic-only), ha1 and realm; sharedUser, sharedPassword, migrationUntil; status, requiredStrength, groups, boundKeys, model,
        softwareVersion; requestUser, requestPassword. A line that is wrong is reported and left out (exit code 1). A line of a device that is there
        already changes nothing; where it differs it is reported, or with --update it is taken.

        Examples:
          cwmpshield device import fleet.csv --report left-out.jsonl
          cwmpshield device import fleet.csv --report left-out.jsonl --resume
          zcat fleet.jsonl.gz | cwmpshield device import - --format jsonl --json
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Argument<string> file = new("FILE") { Description = "File with one device a line; - is standard input." };
    private readonly Option<string?> format = new("--format") { Description = "csv or jsonl; by the file's name where it is not given." };
    private readonly Option<string?> report = new("--report") { Description = "File for the lines that were left out, one JSON object each; standard error where it is not given.", HelpName = "FILE" };
    private readonly Option<bool> resume = new("--resume") { Description = "Goes on behind the last line that an earlier run has committed." };
    private readonly Option<bool> update = new("--update") { Description = "Changes devices that are there and differ." };
    private readonly Option<bool> allowWeak = new("--allow-weak") { Description = "Takes passwords that everybody knows, and marks them for `secrets audit`." };
    private readonly Option<bool> progress = new("--progress") { Description = "Shows progress where standard error is no terminal, too." };
    private readonly Option<bool> json = new("--json") { Description = "Prints the summary as one JSON object." };
    private readonly Command command = new("import", Text);
    private readonly DeviceStoreOptions store;

    private DeviceImportCommand()
    {
        format.AcceptOnlyFromAmong("csv", "jsonl");
        command.Arguments.Add(file);
        foreach (var option in new Option[] { format, report, resume, update, allowWeak, progress, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is "-" && (result.GetValue(resume) || result.GetValue(format) is null))
            {
                result.AddError("Standard input needs --format, and cannot be resumed.");
            }
        });
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceImportCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        var path = result.GetRequiredValue(file);
        var isInput = path is "-";
        if (result.GetValue(report) is { } place && !isInput && Path.GetFullPath(place) == Path.GetFullPath(path))
        {
            await error.WriteLineAsync("--report names the file that is imported: name another one.");
            return ExitCode.Usage;
        }

        try
        {
            var size = isInput ? 0 : new FileInfo(path).Length;
            using var left = result.GetValue(report) is { } reportFile
                ? ImportReport.InFile(reportFile, append: result.GetValue(resume))
                : ImportReport.To(path, error);
            return await store.ChangeAsync(
                result, new ChangeSubject(path), (opened, registry) => ImportAsync(result, opened, registry, isInput, size, left, cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
        catch (ImportException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped behind a whole transaction; --resume goes on from there.");
            return ExitCode.Findings;
        }
    }

    private async Task<int> ImportAsync(
        ParseResult result, Store opened, StoredDeviceRegistry registry, bool isInput, long size, ImportReport left, CancellationToken cancellationToken)
    {
        var path = result.GetRequiredValue(file);
        var options = new ImportOptions
        {
            Path = isInput ? "" : Path.GetFullPath(path),
            Format = IsCsv(result.GetValue(format), path) ? ImportFormat.Csv : ImportFormat.JsonLines,
            Update = result.GetValue(update),
            AllowWeak = result.GetValue(allowWeak),
            Resume = result.GetValue(resume),
        };
        var started = TimeProvider.System.GetTimestamp();
        var bar = new ProgressLine(result.InvocationConfiguration.Error, result.GetValue(progress));
        ImportSummary summary;
        try
        {
            summary = await new DeviceImporter(opened, registry, options, TimeProvider.System).RunAsync(
                () => isInput ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false),
                left,
                (so, bytes) => bar.Show(bytes, size, $"{so.Lines} lines, {so.Added} added, {so.LeftOut} left out"),
                cancellationToken);
        }
        catch (RegistryUnavailableException problem)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(
                $"{problem.Message} {problem.InnerException?.Message} What was committed stays; --resume goes on behind it.");
            return ExitCode.Findings;
        }

        bar.End();
        Print(summary, TimeProvider.System.GetElapsedTime(started), result.GetValue(json), result.InvocationConfiguration.Output);
        return summary.LeftOut > 0 ? ExitCode.Findings : ExitCode.Ok;
    }

    private static bool IsCsv(string? format, string path) => format switch
    {
        "csv" => true,
        "jsonl" => false,
        _ => !Path.GetExtension(path).StartsWith(".json", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase),
    };

    private static void Print(ImportSummary summary, TimeSpan took, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    summary.Lines,
                    summary.Added,
                    summary.Updated,
                    summary.Unchanged,
                    summary.LeftOut,
                    summary.Weak,
                    summary.ResumedAfter,
                    Seconds = Math.Round(took.TotalSeconds, 3),
                },
                Json));
            return;
        }

        var resumed = summary.ResumedAfter > 0 ? string.Create(CultureInfo.InvariantCulture, $" (resumed behind line {summary.ResumedAfter})") : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Lines} lines{resumed}: {summary.Added} added, {summary.Updated} updated, {summary.Unchanged} unchanged, {summary.LeftOut} left out, {summary.Weak} with a weak password; {took.TotalSeconds:F1} s."));
    }
}
