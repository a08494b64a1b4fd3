using System.CommandLine;
using CwmpShield.Gateway.Reporting;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield report verify</c>.</summary>
internal static class ReportVerifyCommand
{
    private const string Text = """
        Checks that a report is as it was signed: FILE against FILE.sig, with the ledger's public key. Exit code 3 when it is not.

        Example:
          cwmpshield report verify report.html --public-key ledger.pub
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The report, HTML or JSON." };
        var key = new Option<string>("--public-key") { Description = "The ledger's key in PEM, had by another way than the report.", HelpName = "FILE", Required = true };
        var command = new Command("verify", Text) { file, key };
        var said = ChangeReport.AddTo(command);
        command.SetAction(result =>
        {
            var report = result.GetValue(file)!;
            string? problem;
            string keyId;
            try
            {
                problem = ReportSignature.Problem(report, File.ReadAllText(result.GetValue(key)!), out keyId);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                result.InvocationConfiguration.Error.WriteLine($"{report} cannot be checked: {broken.Message}");
                return ExitCode.Usage;
            }

            said.Print(
                result,
                new { file = report, isValid = problem is null, keyId, problem },
                problem is null ? $"{report} is as it was signed with key {keyId}." : $"{report} is NOT good. {problem}");
            return problem is null ? ExitCode.Ok : ExitCode.Denied;
        });
        return command;
    }
}
