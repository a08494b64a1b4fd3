using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held show</c>.</summary>
internal static class HeldShowCommand
{
    private const string Text = """
        Shows a held order: what it is about, which rules hold it, what was decided. Exit code 1 when there is no such order.

        Example:
          cwmpshield held show 7
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var number = HeldCommand.Number();
        var command = new Command("show", Text) { number, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseHeldAsync(
            result,
            async held => await held.FindAsync(result.GetValue(number), cancellationToken) is { } order
                ? Show(HeldView.Of(order, TimeProvider.System.GetUtcNow()), result.GetValue(json), result.InvocationConfiguration.Output)
                : HeldCommand.ReportNone(result, result.GetValue(number)),
            cancellationToken));
        return command;
    }

    /// <summary>Prints an order, as lines or as JSON.</summary>
    public static int Show(HeldView order, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(order.ToJson());
        }
        else
        {
            order.Print(output);
        }

        return ExitCode.Ok;
    }
}
