using System.CommandLine;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user add</c>.</summary>
internal static class UserAddCommand
{
    private const string Text = """
        Adds an account: viewer looks, operator acts too, auditor sees the records of operators too. Exit code 1 when the name is taken.

        Examples:
          cwmpshield console user add olaf --role operator
          cwmpshield console user add vera --role viewer --password-file - < secret
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = ConsoleCommand.Name();
        var role = new Option<string>("--role") { Description = "What it may do.", Required = true };
        role.AcceptOnlyFromAmong([.. ConsoleRoleName.All]);
        var command = new Command("add", Text) { name, role };
        var password = NewPassword.AddTo(command);
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var (account, word) = (result.GetRequiredValue(name), result.GetRequiredValue(role));
            if (password.Read(result, account) is not { } chosen)
            {
                return ExitCode.Usage;
            }

            return await store.ChangeAsync(result, account, async opened =>
            {
                if (!await opened.Accounts.AddAsync(account, ConsoleRoleName.Read(word), chosen.Text, cancellationToken))
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync($"There is an account '{account}' already, or there are 1,000.");
                    return ExitCode.Findings;
                }

                var shown = chosen.IsGenerated ? chosen.Text : null;
                report.Print(
                    result, new { Name = account, Role = word, Password = shown }, [$"{account} may sign in as {word}.", .. shown is null ? Array.Empty<string>() : [$"password: {shown}"]]);
                return ExitCode.Ok;
            });
        });
        return command;
    }
}
