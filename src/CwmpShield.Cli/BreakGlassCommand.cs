using System.CommandLine;
using System.Globalization;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield break-glass break|mend|status</c>: refusal by rules switched off for a time.</summary>
internal static class BreakGlassCommand
{
    private const string BreakText = """
        Lets rules only record for a time, on every node of the store, when their refusals do more harm than what they refuse. The end comes by itself,
        8 hours later at most; a longer time needs another word. Identity, sessions and the limits of messages still hold. It is in force when the ledger has it:
        within a few seconds, and not at all while the ledger cannot be written. Alerts fire for as long as it lasts.

        Example:
          cwmpshield break-glass break --for 30m --reason "INC-881: rule refuses the new voice profile"
        """;

    private const string MendText = """
        Lets rules refuse again, at once. Exit code 1 when the glass is whole.

        Example:
          cwmpshield break-glass mend
        """;

    private const string StatusText = """
        Says whether the glass is broken, by whom, why and until when. Exit code 0 when it is whole, 1 when it is broken.

        Example:
          cwmpshield break-glass status --json
        """;

    private const int MaxReason = 256;
    private const int Digits = 4;

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("break-glass", "Switches refusal by rules off for a time that ends by itself.") { Break(), Mend(), Status() };

    private static Command Break()
    {
        var span = new Option<string>("--for") { Description = "How long: 30m, 2h; 8h at most.", HelpName = "DURATION", Required = true };
        span.Validators.Add(result =>
        {
            if (DurationText.Read(result.GetValueOrDefault<string>(), Digits, BreakGlassOrder.Longest) is null)
            {
                result.AddError("--for takes minutes or hours as 30m or 2h, and 8h at most.");
            }
        });
        var reason = new Option<string>("--reason") { Description = "Why; kept in the ledger.", HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= MaxReason } words || words.Any(char.IsControl))
            {
                result.AddError($"--reason takes 1 to {MaxReason} characters without control characters.");
            }
        });
        var command = new Command("break", BreakText) { span, reason };
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            new ChangeSubject("rules"),
            async (opened, _) =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var until = now + DurationText.Read(result.GetValue(span), Digits, BreakGlassOrder.Longest)!.Value;
                var order = new BreakGlassOrder(now, until, OperatorIdentity.Actor, result.GetValue(reason)!);
                await BreakGlassOrder.PutAsync(opened, order, cancellationToken);
                report.Print(result, order, $"Rules refuse nothing until {Shown(until)}, on every node whose ledger can be written.");
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }

    private static Command Mend()
    {
        var command = new Command("mend", MendText);
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            new ChangeSubject("rules"),
            async (opened, _) =>
            {
                if (await BreakGlassOrder.FindAsync(opened, cancellationToken) is not { } order)
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync("The glass is whole; nothing was changed.");
                    return ExitCode.Findings;
                }

                await BreakGlassOrder.PutAsync(opened, null, cancellationToken);
                report.Print(result, order, "Rules refuse again.");
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }

    private static Command Status()
    {
        var command = new Command("status", StatusText);
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async (opened, _) =>
            {
                var order = await BreakGlassOrder.FindAsync(opened, cancellationToken);
                var isBroken = order is not null && order.IsInForce(TimeProvider.System.GetUtcNow());
                report.Print(
                    result,
                    isBroken ? new { Broken = true, order!.From, order.Until, order.Actor, order.Reason } : new { Broken = false },
                    isBroken ? $"Broken by {order!.Actor} until {Shown(order.Until)}: {order.Reason}" : "Whole.");
                return isBroken ? ExitCode.Findings : ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
