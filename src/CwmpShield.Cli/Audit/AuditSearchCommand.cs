using System.CommandLine;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit search</c>.</summary>
internal static class AuditSearchCommand
{
    private const string Text = """
        Finds records of every chain, newest first. A page ends with the place that --after takes for the next one. With --mac only orders with a value of
        this keyed hash (audit mac makes one), and with --parameter only orders that name this parameter; both read every record that the other options
        leave, so give a time.
        Exit code 0 also when nothing was found.

        Examples:
          cwmpshield audit search --refused --from 24h
          cwmpshield audit search --device 00D09E-HGW-SN1 --kind order-intent --limit 500 --json
          cwmpshield audit search --mac 5f0c2b7f9d1e4a608f3c6d2b1a0e9c87 --from 2026-11-01
        """;

    private const int MaxPage = 1000;
    private const int MaxLimit = 100_000;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var mac = new Option<string>("--mac") { Description = "Only orders with a value of this keyed hash, 32 hexadecimal digits.", HelpName = "HEX", DefaultValueFactory = _ => "" };
        mac.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } text && (text.Length != 32 || !text.All(char.IsAsciiHexDigit)))
            {
                result.AddError("--mac takes 32 hexadecimal digits, as cwmpshield audit mac prints them.");
            }
        });
        var parameter = new Option<string>("--parameter") { Description = "Only orders that name this parameter; with * at the end all that begin so.", HelpName = "PATH", DefaultValueFactory = _ => "" };
        var oldest = new Option<bool>("--oldest-first") { Description = "Oldest first." };
        var after = new Option<string>("--after") { Description = "Begins behind this record: the last place of the page before.", HelpName = "PLACE", DefaultValueFactory = _ => "" };
        after.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } text && LedgerPlace.Parse(text) is null)
            {
                result.AddError("--after takes a place as the page before ends with: three numbers with dots.");
            }
        });
        var limit = new Option<int>("--limit") { Description = $"Records at most, 1 to {MaxLimit}.", HelpName = "NUMBER", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxLimit)
            {
                result.AddError($"--limit takes 1 to {MaxLimit}.");
            }
        });
        var json = RuleArguments.AsJson();
        var command = new Command("search", Text) { mac, parameter, oldest, after, limit, json };
        var filter = AuditFilterOptions.AddTo(command);
        var store = AuditStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(result, async (opened, _) =>
        {
            var wanted = new ParameterFilter(result.GetValue(mac)!, result.GetValue(parameter)!);
            var query = filter.Get(result) with { OldestFirst = result.GetValue(oldest), After = LedgerPlace.Parse(result.GetValue(after)!) };
            await PrintAsync(new LedgerSearch(opened), query, wanted, result.GetValue(limit), result.GetValue(json), result.InvocationConfiguration.Output, cancellation);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task PrintAsync(
        LedgerSearch search, LedgerQuery query, ParameterFilter wanted, int limit, bool json, TextWriter output, CancellationToken cancellation)
    {
        output.Write(json ? "" : RecordView.Head + Environment.NewLine);
        var left = limit;
        LedgerPlace? last = null;
        while (left > 0)
        {
            // What parameters are filtered by is in the records' bytes only: whole pages are read for it.
            var size = wanted.IsEmpty ? Math.Min(left, MaxPage) : MaxPage;
            var page = await search.FindAsync(query with { Limit = size }, cancellation);
            foreach (var row in page.Where(row => wanted.Fits(row.Record)).Take(left))
            {
                output.WriteLine(json ? RecordView.ToJson(row) : RecordView.Line(row));
                (last, left) = (LedgerPlace.Of(row), left - 1);
            }

            if (left > 0 && page.Count < size)
            {
                return;
            }

            query = query with { After = LedgerPlace.Of(page[^1]) };
        }

        output.Write(json || last is null ? "" : $"There may be more: --after {last}" + Environment.NewLine);
    }

    /// <summary>What of an order's parameters is wanted; empty texts ask for nothing.</summary>
    private sealed record ParameterFilter(string Mac, string Name)
    {
        public bool IsEmpty => Mac.Length == 0 && Name.Length == 0;

        public bool Fits(AuditRecord record) => IsEmpty || record.Parameters.Any(one => FitsMac(one) && FitsName(one));

        private bool FitsMac(AuditParameter one) => Mac.Length == 0 || string.Equals(one.Mac, Mac, StringComparison.OrdinalIgnoreCase);

        private bool FitsName(AuditParameter one) =>
            Name.EndsWith('*') ? one.Name.StartsWith(Name[..^1], StringComparison.Ordinal) : Name.Length == 0 || string.Equals(one.Name, Name, StringComparison.Ordinal);
    }
}
