using System.CommandLine;
using CwmpShield.Gateway.ConnectionRequests;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield connection-request list</c>.</summary>
internal static class ConnectionRequestListCommand
{
    private const int Page = 1000;

    private const string Text = """
        Lists how devices are called, in pages of 1,000.

        Examples:
          cwmpshield connection-request list
          cwmpshield connection-request list --credentials-unknown --json
          cwmpshield connection-request list --silent --after 1200
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var unknown = new Option<bool>("--credentials-unknown") { Description = "Only devices that have an endpoint, and whose connection-request credentials the registry does not have." };
        var refused = new Option<bool>("--refused") { Description = "Only devices whose last endpoint was not learned." };
        var silent = new Option<bool>("--silent") { Description = "Only devices that took three calls or more in a row and never informed." };
        var after = new Option<long>("--after") { Description = "Begins after this key: the last one of the page before.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var command = new Command("list", Text) { unknown, refused, silent, after, json };
        var store = ConnectionRequestStore.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(unknown), result.GetValue(refused), result.GetValue(silent) }.Count(given => given) > 1)
            {
                result.AddError("Give one of --credentials-unknown, --refused and --silent.");
            }
        });
        command.SetAction((result, cancellationToken) => store.UseAsync(result, async (_, _, endpoints) =>
        {
            var filter = result.GetValue(unknown) ? EndpointFilter.CredentialsUnknown
                : result.GetValue(refused) ? EndpointFilter.Refused
                : result.GetValue(silent) ? EndpointFilter.Silent
                : EndpointFilter.All;
            var rows = await endpoints.ListAsync(result.GetValue(after), Page, filter, cancellationToken);
            Print([.. rows.Select(EndpointView.Of)], result.GetValue(json), result.InvocationConfiguration.Output);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Print(IReadOnlyList<EndpointView> rows, bool json, TextWriter output)
    {
        if (json)
        {
            foreach (var row in rows)
            {
                output.WriteLine(row.ToJson());
            }

            return;
        }

        var width = rows.Select(row => row.Device.Length).Append("DEVICE".Length).Max();
        output.WriteLine($"{"DEVICE".PadRight(width)}  {"CREDENTIALS",-11}  {"CALLS",6}  {"CAME",6}  {"LAST CALL",-20}  {"OUTCOME",-26}  ENDPOINT");
        foreach (var row in rows)
        {
            output.WriteLine(
                $"{row.Device.PadRight(width)}  {(row.HasCredentials ? "known" : "unknown"),-11}  {row.Calls,6}  {row.Answered,6}  {row.LastCallAt,-20}  {row.LastOutcome,-26}  {row.Url ?? $"({row.Refusal})"}");
        }

        if (rows.Count == Page)
        {
            output.WriteLine($"There may be more: --after {rows[^1].Key}");
        }
    }
}
