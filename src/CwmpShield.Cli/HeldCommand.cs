using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held list|show|release|reject</c>: orders that rules hold until an operator decides.</summary>
internal static class HeldCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("held", "Decides about orders that rules hold.")
    {
        HeldListCommand.Create(),
        HeldShowCommand.Create(),
        HeldReleaseCommand.Create(),
        HeldRejectCommand.Create(),
    };

    /// <summary>The argument that names a held order.</summary>
    public static Argument<long> Number() => new("NUMBER") { Description = "Number of the held order, as held list shows it." };

    /// <summary>The option for the operator's ticket, bounded.</summary>
    public static Option<string> Ticket()
    {
        const int maxLength = 128;
        var ticket = new Option<string>("--ticket") { Description = "Ticket or reason, kept with the decision.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        ticket.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length > maxLength || text.Any(char.IsControl))
            {
                result.AddError($"--ticket has at most {maxLength} characters and no control characters.");
            }
        });
        return ticket;
    }

    /// <summary>Says that there is nothing to decide about.</summary>
    public static int ReportNone(ParseResult result, long number)
    {
        result.InvocationConfiguration.Error.WriteLine($"There is no held order {number}, or it has passed.");
        return ExitCode.Findings;
    }
}
