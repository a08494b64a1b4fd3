using System.CommandLine;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user|token</c>: who may use the console, and machines that may read from it.</summary>
internal static class ConsoleCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("console", "Keeps the console's accounts and tokens.")
    {
        new Command("user", "Keeps the accounts of people.")
        {
            UserAddCommand.Create(),
            UserListCommand.Create(),
            UserPasswordCommand.Create(),
            UserChangeCommand.Disable(),
            UserChangeCommand.Enable(),
            UserChangeCommand.Remove(),
        },
        new Command("token", "Keeps the tokens of machines.")
        {
            TokenCreateCommand.Create(),
            TokenListCommand.Create(),
            TokenRevokeCommand.Create(),
        },
    };

    /// <summary>The argument that names an account or a token.</summary>
    public static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = $"Its name: {AccountName.Expected}." };
        name.Validators.Add(result =>
        {
            if (!AccountName.IsGood(result.GetValueOrDefault<string>()))
            {
                result.AddError($"NAME takes {AccountName.Expected}.");
            }
        });
        return name;
    }
}
