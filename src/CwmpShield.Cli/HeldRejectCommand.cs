using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held reject</c>.</summary>
internal static class HeldRejectCommand
{
    private const string Text = """
        Keeps a held order refused, takes back its release, and shows it no more when it is ordered again (but with held list --all).
        Exit code 1 when there is no such order, or it has passed.

        Example:
          cwmpshield held reject 7 --ticket SEC-88
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var ticket = HeldCommand.Ticket();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var number = HeldCommand.Number();
        var command = new Command("reject", Text) { number, ticket, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeHeldAsync(
            result,
            result.GetValue(number),
            async held => await held.RejectAsync(result.GetValue(number), result.GetValue(ticket)!, cancellationToken)
                && await held.FindAsync(result.GetValue(number), cancellationToken) is { } order
                ? HeldShowCommand.Show(HeldView.Of(order, TimeProvider.System.GetUtcNow()), result.GetValue(json), result.InvocationConfiguration.Output)
                : HeldCommand.ReportNone(result, result.GetValue(number)),
            cancellationToken));
        return command;
    }
}
