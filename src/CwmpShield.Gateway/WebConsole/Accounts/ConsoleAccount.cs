namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>One who may use the console, without the password.</summary>
public sealed record ConsoleAccount
{
    /// <summary>Row number; stable, never reused.</summary>
    public required long Key { get; init; }

    /// <summary>Name to sign in with (<see cref="AccountName"/>).</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required ConsoleRole Role { get; init; }

    /// <summary>Whether it may not sign in.</summary>
    public required bool IsDisabled { get; init; }

    /// <summary>When the password was set.</summary>
    public required DateTimeOffset PasswordAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last signed in, null when never.</summary>
    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>What an account or a token may be called.</summary>
public static class AccountName
{
    private const int MaxLength = 64;

    /// <summary>What is expected, for messages.</summary>
    public const string Expected = "1 to 64 lower-case letters, digits, '.', '-', '_' or '@', the first a letter or digit";

    /// <summary>Whether <paramref name="name"/> may be one.</summary>
    public static bool IsGood(string? name) =>
        name is { Length: > 0 and <= MaxLength }
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_' or '@');
}
