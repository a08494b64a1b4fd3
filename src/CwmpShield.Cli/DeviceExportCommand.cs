using System.CommandLine;
using System.Text;
using CwmpShield.Gateway.DeviceExport;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device export</c>.</summary>
internal sealed class DeviceExportCommand
{
    private const string Text = """
        Exports devices as JSON Lines or CSV, in a form that `device import` takes again. Passwords are left out, unless --with-secrets asks for them:
        then they are in the clear, in a new file that its owner alone may read.

        Examples:
          cwmpshield device export --group north > north.jsonl
          cwmpshield device export --format csv --out fleet.csv
          cwmpshield device export --with-secrets --out secrets.jsonl
        """;

    private readonly Option<string> format = new("--format") { Description = "jsonl or csv.", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<string?> file = new("--out") { Description = "New file; standard output where it is not given.", HelpName = "FILE" };
    private readonly Option<bool> withSecrets = new("--with-secrets") { Description = "Writes passwords in the clear; needs --out." };
    private readonly Option<bool> progress = new("--progress") { Description = "Shows progress where standard error is no terminal, too." };
    private readonly Command command = new("export", Text);
    private readonly DeviceFilterOptions filter;
    private readonly DeviceStoreOptions store;

    private DeviceExportCommand()
    {
        format.AcceptOnlyFromAmong("jsonl", "csv");
        filter = DeviceFilterOptions.AddTo(command);
        foreach (var option in new Option[] { format, file, withSecrets, progress })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(withSecrets) && result.GetValue(file) is null)
            {
                result.AddError("--with-secrets needs --out: passwords are written to a file that its owner alone may read, and nowhere else.");
            }
        });
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceExportCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            // Who takes passwords out is on record; what else is exported is only read.
            return result.GetValue(withSecrets)
                ? await store.ChangeAsync(result, new ChangeSubject("secrets"), (opened, registry) => ExportAsync(result, opened, registry, cancellationToken), cancellationToken)
                : await store.UseAsync(result, (opened, registry) => ExportAsync(result, opened, registry, cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
    }

    private async Task<int> ExportAsync(ParseResult result, Store opened, StoredDeviceRegistry registry, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        await using var owned = result.GetValue(file) is { } path ? Create(path) : null;
        var line = new ProgressLine(error, result.GetValue(progress));
        var summary = await new DeviceExporter(new DeviceOffice(opened, registry)).RunAsync(
            filter.Get(result),
            result.GetValue(format) is "csv" ? ImportFormat.Csv : ImportFormat.JsonLines,
            result.GetValue(withSecrets),
            owned ?? result.InvocationConfiguration.Output,
            so => line.Show(so, 0, $"{so} devices"),
            cancellationToken);
        line.End();
        if (owned is not null)
        {
            await error.WriteLineAsync($"{summary.Devices} devices." + (summary.Unreadable > 0 ? $" The passwords of {summary.Unreadable} are kept as verifiers, and are not among them." : ""));
        }

        return ExitCode.Ok;
    }

    private static StreamWriter Create(string path)
    {
        // Never over a file that is there: its mode, and who has it open, are not ours to know.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new StreamWriter(path, new UTF8Encoding(false), options);
    }
}
