namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>A machine's token, without the secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it opens.</param>
/// <param name="Role">What it may see where it opens the console.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record ConsoleToken(string Name, TokenScope Scope, ConsoleRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>What a token opens. The default value is the least.</summary>
public enum TokenScope
{
    /// <summary><c>/metrics</c> and <c>/readyz</c>.</summary>
    Metrics = 0,

    /// <summary>The console's pages too, to read.</summary>
    Console,
}

/// <summary>The words of the scopes.</summary>
public static class TokenScopeName
{
    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = ["metrics", "console"];

    /// <summary>The word of a scope.</summary>
    public static string Of(TokenScope scope) => All[(int)scope];

    /// <summary>The scope of a word; metrics for one that is none.</summary>
    public static TokenScope Read(string word) => word == "console" ? TokenScope.Console : TokenScope.Metrics;
}
