using System.CommandLine.Parsing;

namespace CwmpShield.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done; for verdicts: everything may pass.</summary>
    public const int Ok = 0;

    /// <summary>The command ran and found something it was asked to look for (warnings with --strict, a failed demo).</summary>
    public const int Findings = 1;

    /// <summary>Bad usage, configuration or rules.</summary>
    public const int Usage = 2;

    /// <summary>A message was refused, a test case failed or a signature is not valid.</summary>
    public const int Denied = 3;

    /// <summary>Prints what is wrong with the command line.</summary>
    public static int ReportUsage(IEnumerable<ParseError> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        return Usage;
    }
}
