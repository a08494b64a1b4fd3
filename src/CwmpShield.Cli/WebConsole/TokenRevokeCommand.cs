using System.CommandLine;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console token revoke</c>.</summary>
internal static class TokenRevokeCommand
{
    private const string Text = """
        Makes a token nobody's, at once. Exit code 1 when there is none of this name.

        Example:
          cwmpshield console token revoke prometheus
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = ConsoleCommand.Name();
        var command = new Command("revoke", Text) { name };
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(result, result.GetRequiredValue(name), async opened =>
        {
            var token = result.GetRequiredValue(name);
            if (!await opened.Tokens.RevokeAsync(token, cancellationToken))
            {
                await result.InvocationConfiguration.Error.WriteLineAsync($"There is no token '{token}'.");
                return ExitCode.Findings;
            }

            report.Print(result, new { Name = token, Done = "revoke" }, $"{token} is revoked.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
