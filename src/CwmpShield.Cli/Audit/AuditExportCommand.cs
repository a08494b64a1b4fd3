using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Core.Audit.Export;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Export;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit export</c>.</summary>
internal sealed class AuditExportCommand
{
    private const string Text = """
        Writes records of the ledger, oldest first: as JSON Lines with the bytes that were hashed, as CSV for spreadsheets, or as CEF or OCSF for a SIEM
        (docs/siem.md). A file that --out names appears when it is whole. The export itself is recorded. Exit code 1 when it could not be ended.

        Examples:
          cwmpshield audit export --from 2026-11-01 --to 2026-12-01 --out november.jsonl
          cwmpshield audit export --from 24h --refused --format csv --out refused.csv
          cwmpshield audit export --device "00AABB-HGW-*" --format ocsf | gzip > devices.jsonl.gz
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Option<string> format = new("--format") { Description = "jsonl, csv, cef or ocsf.", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<string?> file = new("--out") { Description = "New file; standard output where it is not given.", HelpName = "FILE" };
    private readonly Option<bool> progress = new("--progress") { Description = "Shows progress where standard error is no terminal, too." };
    private readonly Option<bool> json = new("--json") { Description = "Prints the summary as one JSON object; on standard error where the records go to standard output." };
    private readonly Command command = new("export", Text);
    private readonly AuditFilterOptions filter;
    private readonly DeviceStoreOptions store;

    private AuditExportCommand()
    {
        format.AcceptOnlyFromAmong([.. AuditFormat.Names]);
        filter = AuditFilterOptions.AddTo(command);
        foreach (var option in new Option[] { format, file, progress, json })
        {
            command.Options.Add(option);
        }

        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new AuditExportCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            return await store.ChangeAsync(result, new ChangeSubject("ledger"), (opened, _) => ExportAsync(result, opened, cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{problem.Message} Nothing was exported.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped; nothing was exported.");
            return ExitCode.Findings;
        }
    }

    private async Task<int> ExportAsync(ParseResult result, Store opened, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var query = filter.Get(result);

        // An end, so that a busy gateway does not keep the export running.
        query = query with { To = query.To ?? now };
        var line = new ProgressLine(result.InvocationConfiguration.Error, result.GetValue(progress));
        var export = new LedgerExport(opened);
        LedgerExported done;
        if (result.GetValue(file) is { } path)
        {
            await using var whole = new WholeFile(path);
            done = await export.RunAsync(query, AuditFormat.Of(result.GetValue(format)!), whole.Stream, so => Show(line, so, query), cancellationToken);
            whole.Keep();
        }
        else
        {
            await using var output = OutputOf(result.InvocationConfiguration.Output);
            done = await export.RunAsync(query, AuditFormat.Of(result.GetValue(format)!), output, so => Show(line, so, query), cancellationToken);
        }

        line.End();
        Print(result, done);
        return ExitCode.Ok;
    }

    /// <summary>How far it is, by the time of the last record.</summary>
    private static void Show(ProgressLine line, LedgerExported so, LedgerQuery query)
    {
        if (so is { First: { } first, Last: { } last } && query.To is { } to)
        {
            line.Show((long)(last - first).TotalSeconds, (long)(to - first).TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"{so.Records} records"));
        }
    }

    private void Print(ParseResult result, LedgerExported done)
    {
        var path = result.GetValue(file);
        var to = path is null ? result.InvocationConfiguration.Error : result.InvocationConfiguration.Output;
        if (result.GetValue(json))
        {
            to.WriteLine(JsonSerializer.Serialize(new { done.Records, done.Bytes, done.First, done.Last, Format = result.GetValue(format), File = path }, Json));
        }
        else if (path is not null)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Records} records, {done.Bytes} bytes in {path}."));
        }
    }

    private static Stream OutputOf(TextWriter output) => ReferenceEquals(output, Console.Out) ? Console.OpenStandardOutput() : new TextStream(output);
}
