using System.CommandLine;
using System.Globalization;

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

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var span = new Option<string>("--for") { Description = "How long the release lasts: 30m, 24h, 7d; 7d at most.", HelpName = "DURATION", DefaultValueFactory = _ => "24h" };
        span.Validators.Add(result =>
        {
            if (Duration(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError("--for takes minutes, hours or days as 30m, 24h or 7d, and 7d at most.");
            }
        });
        var ticket = HeldCommand.Ticket();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var number = HeldCommand.Number();
        var command = new Command("release", Text) { number, span, ticket, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseHeldAsync(
            result,
            async held =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var until = now + Duration(result.GetValue(span))!.Value;
                return await held.ReleaseAsync(result.GetValue(number), until, result.GetValue(ticket)!, cancellationToken)
                    && await held.FindAsync(result.GetValue(number), cancellationToken) is { } order
                    ? HeldShowCommand.Show(HeldView.Of(order, now), result.GetValue(json), result.InvocationConfiguration.Output)
                    : HeldCommand.ReportNone(result, result.GetValue(number));
            },
            cancellationToken));
        return command;
    }

    private static TimeSpan? Duration(string? text)
    {
        if (text is not { Length: > 1 and < 8 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        TimeSpan? span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return span > TimeSpan.Zero && span <= Longest ? span : null;
    }
}
