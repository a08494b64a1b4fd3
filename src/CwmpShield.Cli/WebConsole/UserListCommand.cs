using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user list</c>.</summary>
internal static class UserListCommand
{
    private const string Text = """
        Lists the accounts of the console.

        Example:
          cwmpshield console user list --json
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
            var accounts = await opened.Accounts.ListAsync(cancellationToken);
            if (!result.GetValue(json))
            {
                await output.WriteLineAsync($"{"NAME",-24}  {"ROLE",-8}  {"STATUS",-8}  LAST SIGN-IN");
            }

            foreach (var one in accounts)
            {
                await output.WriteLineAsync(result.GetValue(json) ? ToJson(one) : $"{one.Name,-24}  {ConsoleRoleName.Of(one.Role),-8}  {Status(one),-8}  {Time(one.SignedInAt) ?? "never"}");
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static string ToJson(ConsoleAccount one) => JsonSerializer.Serialize(
        new { one.Name, Role = ConsoleRoleName.Of(one.Role), Status = Status(one), CreatedAt = Time(one.CreatedAt), PasswordAt = Time(one.PasswordAt), SignedInAt = Time(one.SignedInAt) }, Json);

    private static string Status(ConsoleAccount one) => one.IsDisabled ? "disabled" : "active";

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
