using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>What a verb says when the store cannot be opened, asked or written.</summary>
internal static class StoreErrors
{
    /// <summary>Runs <paramref name="work"/>; an error of the store is printed and becomes the exit code.</summary>
    public static async Task<int> ReportAsync(TextWriter error, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (StoreException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
        catch (RegistryUnavailableException problem)
        {
            await error.WriteLineAsync($"{problem.Message} {problem.InnerException?.Message} Nothing was changed.");
            return ExitCode.Findings;
        }
    }
}
