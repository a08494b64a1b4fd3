using System.CommandLine;
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

    /// <summary>Creates the verb.</summary>
    public static Command Create() => ConsoleList.Create(
        Text,
        $"{"NAME",-24}  {"SCOPE",-8}  {"ROLE",-8}  EXPIRES",
        (store, cancellationToken) => store.Tokens.ListAsync(cancellationToken),
        one => $"{one.Name,-24}  {TokenScopeName.Of(one.Scope),-8}  {ConsoleRoleName.Of(one.Role),-8}  {ConsoleList.Time(one.ExpiresAt)}",
        one => new { one.Name, Scope = TokenScopeName.Of(one.Scope), Role = ConsoleRoleName.Of(one.Role), CreatedAt = ConsoleList.Time(one.CreatedAt), ExpiresAt = ConsoleList.Time(one.ExpiresAt) });
}
