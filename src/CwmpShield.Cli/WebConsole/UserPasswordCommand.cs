using System.CommandLine;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user password</c>.</summary>
internal static class UserPasswordCommand
{
    private const string Text = """
        Gives an account another password and signs it out everywhere. Exit code 1 when there is no such account.

        Example:
          cwmpshield console user password olaf
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = ConsoleCommand.Name();
        var command = new Command("password", Text) { name };
        var password = NewPassword.AddTo(command);
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var account = result.GetRequiredValue(name);
            if (password.Read(result, account) is not { } chosen)
            {
                return ExitCode.Usage;
            }

            return await store.ChangeAsync(result, account, async opened =>
            {
                if (!await opened.Accounts.SetPasswordAsync(account, chosen.Text, cancellationToken))
                {
                    return ConsoleChange.ReportNone(result, "account", account);
                }

                var shown = chosen.IsGenerated ? chosen.Text : null;
                report.Print(
                    result, new { Name = account, Password = shown }, [$"{account} has another password and is signed out.", .. shown is null ? Array.Empty<string>() : [$"password: {shown}"]]);
                return ExitCode.Ok;
            });
        });
        return command;
    }
}
