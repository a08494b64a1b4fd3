using System.CommandLine;

namespace CwmpShield.Cli.WebConsole;

/// <summary>The verbs that change an account or a token by its name alone: exit code 1 where there is none of this name.</summary>
internal static class ConsoleChange
{
    /// <summary>Creates a verb.</summary>
    /// <param name="verb">Its name.</param>
    /// <param name="text">Its help.</param>
    /// <param name="what">What there is none of: <c>account</c>, <c>token</c>.</param>
    /// <param name="done">What the name is afterwards: <c>is revoked</c>.</param>
    /// <param name="change">Changes it; false when there is none.</param>
    public static Command Create(string verb, string text, string what, string done, Func<ConsoleStore, string, CancellationToken, ValueTask<bool>> change)
    {
        var name = ConsoleCommand.Name();
        var command = new Command(verb, text) { name };
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(result, result.GetRequiredValue(name), async opened =>
        {
            var changed = result.GetRequiredValue(name);
            if (!await change(opened, changed, cancellationToken))
            {
                return ReportNone(result, what, changed);
            }

            report.Print(result, new { Name = changed, Done = verb }, $"{changed} {done}.");
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Says that there is none of this name.</summary>
    public static int ReportNone(ParseResult result, string what, string name)
    {
        result.InvocationConfiguration.Error.WriteLine($"There is no {what} '{name}'.");
        return ExitCode.Findings;
    }
}
