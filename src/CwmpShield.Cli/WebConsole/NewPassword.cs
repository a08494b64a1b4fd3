using System.CommandLine;
using System.Text;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary>Takes a new password of the console: typed twice without being shown, from a file or standard input, or made up.</summary>
internal sealed class NewPassword
{
    private readonly Option<string?> file = new("--password-file") { Description = "File with the password on its first line; - is standard input. Without it the password is asked for.", HelpName = "FILE" };
    private readonly Option<bool> generate = new("--generate-password") { Description = "Makes a password and prints it once." };

    private NewPassword()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static NewPassword AddTo(Command command)
    {
        var password = new NewPassword();
        command.Options.Add(password.file);
        command.Options.Add(password.generate);
        return password;
    }

    /// <summary>The password, and whether it was made up and must be shown; null when it was printed what is wrong.</summary>
    public (string Text, bool IsGenerated)? Read(ParseResult result, string account)
    {
        var error = result.InvocationConfiguration.Error;
        if (result.GetValue(generate))
        {
            if (result.GetValue(file) is null)
            {
                return (DevicePassword.Generate(), true);
            }

            error.WriteLine("--generate-password and --password-file exclude each other.");
            return null;
        }

        var isRead = result.GetValue(file) is { } path ? DevicePassword.TryRead(path, out var password, out var problem) : TryAsk(error, out password, out problem);
        problem = isRead ? PasswordPolicy.Problem(password, account) : problem;
        if (problem is null)
        {
            return (password, false);
        }

        error.WriteLine(problem);
        return null;
    }

    private static bool TryAsk(TextWriter error, out string password, out string? problem)
    {
        password = "";
        if (Console.IsInputRedirected)
        {
            problem = "There is no terminal to ask at: give the password by --password-file FILE (- is standard input), or use --generate-password.";
            return false;
        }

        password = Ask(error, "Password: ");
        problem = password == Ask(error, "Again: ") ? null : "The two passwords differ.";
        return problem is null;
    }

    private static string Ask(TextWriter error, string prompt)
    {
        error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        error.WriteLine();
        return typed.ToString();
    }
}
