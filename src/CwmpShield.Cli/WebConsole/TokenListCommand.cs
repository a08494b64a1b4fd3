using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console token list</c>.</summary>
internal static class TokenListCommand
{
    private const string Text = """
        Lists the tokens, without their secrets.

        Example:
          cwmpshield console token list --json
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var command = new Command("list", Text) { json };
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(result, async opened =>
        {
            var output = result.InvocationConfiguration.Output;
            var tokens = await opened.Tokens.ListAsync(cancellationToken);
            if (!result.GetValue(json))
            {
                await output.WriteLineAsync($"{"NAME",-24}  {"SCOPE",-8}  {"ROLE",-8}  EXPIRES");
            }

            foreach (var one in tokens)
            {
                await output.WriteLineAsync(result.GetValue(json) ? ToJson(one) : $"{one.Name,-24}  {TokenScopeName.Of(one.Scope),-8}  {ConsoleRoleName.Of(one.Role),-8}  {Time(one.ExpiresAt)}");
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static string ToJson(ConsoleToken one) => JsonSerializer.Serialize(
        new { one.Name, Scope = TokenScopeName.Of(one.Scope), Role = ConsoleRoleName.Of(one.Role), CreatedAt = Time(one.CreatedAt), ExpiresAt = Time(one.ExpiresAt) }, Json);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
