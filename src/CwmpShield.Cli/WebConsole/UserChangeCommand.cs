using System.CommandLine;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user disable|enable|remove</c>.</summary>
internal static class UserChangeCommand
{
    /// <summary>Creates <c>disable</c>.</summary>
    public static Command Disable() => Create(
        "disable", "Signs an account out everywhere and lets it in no more.", "is disabled",
        (store, name, cancellationToken) => store.Accounts.SetDisabledAsync(name, isDisabled: true, cancellationToken));

    /// <summary>Creates <c>enable</c>.</summary>
    public static Command Enable() => Create(
        "enable", "Lets a disabled account in again.", "is enabled",
        (store, name, cancellationToken) => store.Accounts.SetDisabledAsync(name, isDisabled: false, cancellationToken));

    /// <summary>Creates <c>remove</c>.</summary>
    public static Command Remove() => Create(
        "remove", "Removes an account and signs it out everywhere. What it did stays in the ledger.", "is removed",
        (store, name, cancellationToken) => store.Accounts.RemoveAsync(name, cancellationToken));

    /// <summary>Says that there is no such account.</summary>
    public static int ReportNone(ParseResult result, string name)
    {
        result.InvocationConfiguration.Error.WriteLine($"There is no account '{name}'.");
        return ExitCode.Findings;
    }

    private static Command Create(string verb, string what, string done, Func<ConsoleStore, string, CancellationToken, ValueTask<bool>> change)
    {
        var text = $"""
            {what} Exit code 1 when there is no such account.

            Example:
              cwmpshield console user {verb} olaf
            """;
        var name = ConsoleCommand.Name();
        var command = new Command(verb, text) { name };
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(result, result.GetRequiredValue(name), async opened =>
        {
            var account = result.GetRequiredValue(name);
            if (!await change(opened, account, cancellationToken))
            {
                return ReportNone(result, account);
            }

            report.Print(result, new { Name = account, Done = verb }, $"{account} {done}.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
