using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held release</c>.</summary>
internal static class HeldReleaseCommand
{
    private const string Text = """
        Lets a held order pass once to its device, when the ACS gives it again before the release ends. Other rules still judge it.
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
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var number = HeldCommand.Number();
        var command = new Command("release", Text) { number, span, ticket, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeHeldAsync(
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
}
