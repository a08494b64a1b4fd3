using System.CommandLine;
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

    /// <summary>Creates the verb.</summary>
    public static Command Create() => ConsoleList.Create(
        Text,
        $"{"NAME",-24}  {"ROLE",-8}  {"STATUS",-8}  LAST SIGN-IN",
        (store, cancellationToken) => store.Accounts.ListAsync(cancellationToken),
        one => $"{one.Name,-24}  {ConsoleRoleName.Of(one.Role),-8}  {Status(one),-8}  {Time(one.SignedInAt) ?? "never"}",
        one => new { one.Name, Role = ConsoleRoleName.Of(one.Role), Status = Status(one), CreatedAt = Time(one.CreatedAt), PasswordAt = Time(one.PasswordAt), SignedInAt = Time(one.SignedInAt) });

    private static string Status(ConsoleAccount one) => one.IsDisabled ? "disabled" : "active";

    private static string? Time(DateTimeOffset? time) => time is { } at ? ConsoleList.Time(at) : null;
}
