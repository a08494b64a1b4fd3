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
    public static Command Create() =>
        ConsoleChange.Create("revoke", Text, "token", "is revoked", (store, name, cancellationToken) => store.Tokens.RevokeAsync(name, cancellationToken));
}
