using System.CommandLine;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console token create</c>.</summary>
internal static class TokenCreateCommand
{
    private const string Text = """
        Makes a token for a machine and prints it once; the store keeps its SHA-256. Scope metrics opens /metrics and /readyz, scope console
        the console's pages too, to read. Exit code 1 when the name is taken.

        Examples:
          cwmpshield console token create prometheus
          cwmpshield console token create siem --scope console --role auditor --expires 30d
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = ConsoleCommand.Name();
        var scope = new Option<string>("--scope") { Description = "What it opens.", DefaultValueFactory = _ => "metrics" };
        scope.AcceptOnlyFromAmong([.. TokenScopeName.All]);
        var role = new Option<string>("--role") { Description = "With scope console: what it may see.", DefaultValueFactory = _ => "viewer" };
        role.AcceptOnlyFromAmong("viewer", "auditor");
        var expires = new Option<string>("--expires") { Description = "How long it is good, e.g. 12h or 90d.", HelpName = "SPAN", DefaultValueFactory = _ => "365d" };
        expires.Validators.Add(result =>
        {
            if (DurationText.Read(result.GetValueOrDefault<string>(), 5, Longest) is null)
            {
                result.AddError("--expires takes a whole number and m, h or d, ten years at most, e.g. 90d.");
            }
        });
        var command = new Command("create", Text) { name, scope, role, expires };
        var report = ChangeReport.AddTo(command);
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(result, result.GetRequiredValue(name), async opened =>
        {
            var token = result.GetRequiredValue(name);
            var (opens, sees) = (TokenScopeName.Read(result.GetRequiredValue(scope)), ConsoleRoleName.Read(result.GetRequiredValue(role)));
            var end = TimeProvider.System.GetUtcNow() + DurationText.Read(result.GetValue(expires), 5, Longest)!.Value;
            if (await opened.Tokens.CreateAsync(token, opens, sees, end, cancellationToken) is not { } secret)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync($"There is a token '{token}' already, or there are 1,000.");
                return ExitCode.Findings;
            }

            report.Print(result, new { Name = token, Token = secret, Scope = TokenScopeName.Of(opens), Role = ConsoleRoleName.Of(sees), ExpiresAt = ConsoleList.Time(end) }, secret);
            return ExitCode.Ok;
        }));
        return command;
    }
}
