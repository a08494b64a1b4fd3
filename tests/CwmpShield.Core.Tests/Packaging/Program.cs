using System.Diagnostics;

namespace CwmpShield.Core.Tests.Packaging;

/// <summary>A program that a release is made or checked with.</summary>
internal static class Program
{
    /// <summary>Runs it at the root of the repository; its exit code, and all that it printed.</summary>
    public static (int Exit, string Output) Run(string name, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
