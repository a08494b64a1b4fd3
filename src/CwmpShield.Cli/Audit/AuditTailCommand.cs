using System.CommandLine;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit tail</c>.</summary>
internal static class AuditTailCommand
{
    private const string Text = """
        Shows the last records of every chain, oldest first; with -f also those that come, until Ctrl-C.

        Examples:
          cwmpshield audit tail -f --refused
          cwmpshield audit tail --lines 100 --json --config appsettings.json
        """;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        const int most = 1000;
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with what comes." };
        var lines = new Option<int>("--lines", "-n") { Description = $"How many records, 1 to {most}.", HelpName = "NUMBER", DefaultValueFactory = _ => 20 };
        lines.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > most)
            {
                result.AddError($"--lines takes 1 to {most}.");
            }
        });
        var json = RuleArguments.AsJson();
        var command = new Command("tail", Text) { follow, lines, json };
        var filter = AuditFilterOptions.AddTo(command);
        var store = AuditStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(result, async (opened, _) =>
        {
            var output = result.InvocationConfiguration.Output;
            var isJson = result.GetValue(json);
            var follower = new LedgerFollower(new LedgerSearch(opened), filter.Get(result));
            output.Write(isJson ? "" : RecordView.Head + Environment.NewLine);
            foreach (var row in await follower.LastAsync(result.GetValue(lines), cancellation))
            {
                output.WriteLine(isJson ? RecordView.ToJson(row) : RecordView.Line(row));
            }

            while (result.GetValue(follow) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(BetweenLooks, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                foreach (var row in await follower.NewAsync(CancellationToken.None))
                {
                    output.WriteLine(isJson ? RecordView.ToJson(row) : RecordView.Line(row));
                }
            }

            return ExitCode.Ok;
        }));
        return command;
    }
}
