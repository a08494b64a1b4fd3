using System.CommandLine;
using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit show</c>.</summary>
internal static class AuditShowCommand
{
    private const string Text = """
        Shows one record with all it says: parameters, reasons, rules with their titles where the rules folder can be read, the records it belongs to (intent
        and outcome, same session), its hash, and the checkpoint that covers it. Whether signatures are good says audit verify.
        Exit code 1 when there is no such record.

        Example: cwmpshield audit show edge-1 4711 --config appsettings.json
        """;

    private const int MostRelated = 50;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var node = new Argument<string>("NODE") { Description = "The node, as tail and search show it." };
        var sequence = new Argument<long>("SEQUENCE") { Description = "Place in its chain." };
        var rules = new Option<string>("--rules", "-r") { Description = "Rule set that titles are read from: a file or a directory; the configured one where none is given.", HelpName = "PATH", DefaultValueFactory = _ => "" };
        var json = RuleArguments.AsJson();
        var command = new Command("show", Text) { node, sequence, rules, json };
        var store = AuditStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(result, async (opened, options) =>
        {
            var console = result.InvocationConfiguration;
            var search = new LedgerSearch(opened);
            if (await search.FindAsync(result.GetValue(node)!, result.GetValue(sequence), cancellation) is not { } row)
            {
                await console.Error.WriteLineAsync($"There is no record {result.GetValue(sequence)} in the chain of {result.GetValue(node)}; see: cwmpshield audit tail");
                return ExitCode.Findings;
            }

            var related = await RelatedAsync(search, row, cancellation);
            var checkpoint = await search.CheckpointAsync(result.GetValue(node)!, row.Sequence, cancellation);
            if (result.GetValue(json))
            {
                console.Output.WriteLine(ToJson(row, related, checkpoint));
                return ExitCode.Ok;
            }

            var path = result.GetValue(rules) is { Length: > 0 } given ? given : options.Rules.Path;
            Print(row, related, checkpoint, Titles(path), console.Output);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<LedgerRow>> RelatedAsync(LedgerSearch search, LedgerRow row, CancellationToken cancellation)
    {
        var record = row.Record;
        if (record.Session.Length == 0)
        {
            return [];
        }

        var query = new LedgerQuery { Session = record.Session, OldestFirst = true, Limit = MostRelated };
        var found = await search.FindAsync(query, cancellation);
        return [.. found.Where(other => other.Chain != row.Chain || other.Sequence != row.Sequence)];
    }

    private static string ToJson(LedgerRow row, IReadOnlyList<LedgerRow> related, AuditCheckpoint? checkpoint)
    {
        var signed = checkpoint is null ? "null" : System.Text.Json.JsonSerializer.Serialize(checkpoint, RuleArguments.Json);
        return $"{RecordView.ToJson(row)[..^1]},\"checkpoint\":{signed},\"related\":[{string.Join(',', related.Select(RecordView.ToJson))}]}}";
    }

    private static void Print(LedgerRow row, IReadOnlyList<LedgerRow> related, AuditCheckpoint? checkpoint, IReadOnlyDictionary<string, string> titles, TextWriter output)
    {
        void Say(string name, string value) => output.Write(value.Length > 0 ? $"{name,-12}{RecordView.Plain(value)}{Environment.NewLine}" : "");
        RecordText.Write(row.Record, titles, Say);
        Say("hash", Convert.ToHexStringLower(row.Hash));
        Say("checkpoint", checkpoint is null
            ? "none yet: the record is not signed"
            : string.Create(CultureInfo.InvariantCulture, $"record {checkpoint.Sequence}, signed {RecordView.Time(checkpoint.At)} with key {checkpoint.KeyId}"));
        foreach (var other in related)
        {
            var isOther = other.Record.Intent == row.Sequence || (row.Record.Intent != 0 && row.Record.Intent == other.Sequence);
            Say(isOther ? "belongs to" : "session", RecordView.Line(other));
        }
    }

    private static Dictionary<string, string> Titles(string path)
    {
        try
        {
            var set = RuleSetLoader.Load(path, new RuleLoadOptions()).Set;
            return set?.Rules.ToDictionary(rule => rule.Id, rule => rule.Title, StringComparer.Ordinal) ?? [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
