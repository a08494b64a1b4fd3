using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held release</c>.</summary>
internal static class HeldReleaseCommand
{
    private const string Text = """
        Lets a held order pass once to its device, when the ACS gives it again before the release ends. Other rules still judge it.
        Where Management:TwoPersonRelease asks for two operators, one proposes and another confirms in the console; here it takes --alone
        and a ticket, and the ledger keeps that word. With --store no configuration is asked.
        Exit code 1 when there is no such order, or it has passed.

        Example:
          cwmpshield held release 7 --for 8h --ticket CHG-1207
        """;

    private const int Digits = 6;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var span = new Option<string>("--for") { Description = "How long the release lasts: 30m, 24h, 7d; 7d at most.", HelpName = "DURATION", DefaultValueFactory = _ => "24h" };
        span.Validators.Add(result =>
        {
            if (DurationText.Read(result.GetValueOrDefault<string>(), Digits, Longest) is null)
            {
                result.AddError("--for takes minutes, hours or days as 30m, 24h or 7d, and 7d at most.");
            }
        });
        var ticket = HeldCommand.Ticket();
        var alone = new Option<bool>("--alone") { Description = "Releases without the second operator that the configuration asks for; needs --ticket." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var number = HeldCommand.Number();
        var command = new Command("release", Text) { number, span, ticket, alone, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => MissesSecond(result, store, alone, ticket) ? Task.FromResult(ExitCode.Usage) : store.ChangeHeldAsync(
            result,
            result.GetValue(number),
            async held =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var until = now + DurationText.Read(result.GetValue(span), Digits, Longest)!.Value;
                return await held.ReleaseAsync(result.GetValue(number), until, result.GetValue(ticket)!, cancellationToken)
                    && await held.FindAsync(result.GetValue(number), cancellationToken) is { } order
                    ? HeldShowCommand.Show(HeldView.Of(order, now), result.GetValue(json), result.InvocationConfiguration.Output)
                    : HeldCommand.ReportNone(result, result.GetValue(number));
            },
            cancellationToken));
        return command;
    }

    private static bool MissesSecond(ParseResult result, DeviceStoreOptions store, Option<bool> alone, Option<string> ticket)
    {
        if (!store.NeedsTwo(result) || (result.GetValue(alone) && result.GetValue(ticket)!.Length > 0))
        {
            return false;
        }

        result.InvocationConfiguration.Error.WriteLine(
            "Management:TwoPersonRelease asks for two operators: propose and confirm the release in the console, or say --alone with --ticket. Nothing was changed.");
        return true;
    }
}
